package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.event.BrokerEvent.ConnectRefused;
import io.apsaramqtt.test.event.RefusedConnect;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedApsaraMqttExtensionIT {

    /** Open for all tests, with an ID that shows which it is. */
    @RegisterExtension
    static final EmbeddedApsaraMqttExtension OUTER =
            EmbeddedApsaraMqttExtension.of(EmbeddedApsaraMqtt.builder().instanceId("post-cn-outer"));

    private static @Nullable EmbeddedApsaraMqtt ofNested;
    private static final Set<String> ofEachTest = new HashSet<>();

    @BeforeAll
    static void isOpenBeforeAll(EmbeddedApsaraMqtt broker) {
        assertThat(broker.instanceId()).isEqualTo("post-cn-outer");
    }

    @RepeatedTest(2)
    void eventsAreClearedBeforeEachTest(EmbeddedApsaraMqtt broker) {
        assertThat(broker).isSameAs(OUTER.broker());
        assertThat(broker.events().of(ConnectAccepted.class)).isEmpty();
        try (Device device = Device.of(broker, MqttVersion.V3_1_1, "d").connect()) {
            assertThat(device.isConnected()).isTrue();
            assertThat(broker.events().of(ConnectAccepted.class)).hasSize(1);
        }
    }

    @Nested
    class NestedTests {
        @Test
        void findTheInstanceOpen(EmbeddedApsaraMqtt broker) {
            assertThat(broker.instanceId()).isEqualTo("post-cn-outer");
        }
    }

    @Nested
    class StaticInNested {
        @RegisterExtension
        static final EmbeddedApsaraMqttExtension INNER = EmbeddedApsaraMqttExtension.of(
                EmbeddedApsaraMqtt.builder().account(AccessKey.of("LTAI5tNestedKey", "nested-secret")));

        @Test
        void isOpen() {
            ofNested = INNER.broker();
            try (Device device = Device.of(INNER.broker(), MqttVersion.V5, "d").connect()) {
                assertThat(device.isConnected()).isTrue();
            }
        }
    }

    @Nested
    class InEachTest {
        @RegisterExtension
        final EmbeddedApsaraMqttExtension each = new EmbeddedApsaraMqttExtension();

        @RepeatedTest(2)
        void anInstanceOfItsOwn() {
            ofEachTest.add(each.broker().instanceId());
        }
    }

    @AfterAll
    static void instancesAreClosedAfterTheirTests() {
        Device late = Device.of(Objects.requireNonNull(ofNested), MqttVersion.V5, "late");
        assertThat(Device.failureOf(late.connecting())).hasMessageContaining("NOT_AUTHORIZED");
        assertThat(OUTER.broker().events().of(ConnectRefused.class))
                .contains(new ConnectRefused("GID_test@@@late", RefusedConnect.UNKNOWN_INSTANCE));
        assertThatThrownBy(StaticInNested.INNER::broker).isInstanceOf(IllegalStateException.class);
        assertThat(ofEachTest).hasSize(2);
        ofEachTest.clear();
    }
}
