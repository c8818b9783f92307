package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceLimits;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.event.BrokerEvent.SubscribeDenied;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SwitchesIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tSwitchesKey1", "switches-secret");

    @ParameterizedTest
    @CsvSource({
        "V3_1_1, $share/g/alarms/#, the service has no shared subscriptions",
        "V5, $share/g/alarms/#, the service has no shared subscriptions",
        "V3_1_1, $SYS/broker, no topic of the service begins with '$'",
        "V5, $SYS/broker, no topic of the service begins with '$'",
        "V3_1_1, +/x, the first level must name a parent topic",
        "V5, #, the first level must name a parent topic"
    })
    void filtersThatTheServiceDoesNotHaveCloseTheConnection(MqttVersion version, String filter, String reason) {
        try (EmbeddedApsaraMqtt instance = EmbeddedApsaraMqtt.builder().start();
                Device device = Device.of(instance, version, "d").connect()) {
            assertThat(Device.failureOf(device.subscribing(filter, Qos.AT_LEAST_ONCE)))
                    .isNotNull();
            device.awaitClosed();
            assertThat(instance.events().of(SubscribeDenied.class))
                    .containsExactly(new SubscribeDenied("GID_test@@@d", filter, reason));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDollarTopicClosesTheConnection(MqttVersion version) {
        try (EmbeddedApsaraMqtt instance = EmbeddedApsaraMqtt.builder().start();
                Device device = Device.of(instance, version, "d").connect()) {
            assertThat(Device.failureOf(device.publishing("$delayed/1/x", Qos.AT_LEAST_ONCE, false, new byte[0])))
                    .isNotNull();
            device.awaitClosed();
            assertThat(instance.events().of(PublishDenied.class))
                    .containsExactly(new PublishDenied(
                            "GID_test@@@d", "$delayed/1/x", "no topic of the service begins with '$'"));
        }
    }

    @Test
    void aWildcardInTheFirstLevelIsAllowedBySwitch() {
        try (EmbeddedApsaraMqtt instance =
                        EmbeddedApsaraMqtt.builder().firstLevelWildcards(true).start();
                Device device = Device.of(instance, MqttVersion.V5, "d").connect()) {
            device.subscribe("+/x");
            device.publish("alarms/x", "hot");
            assertThat(device.awaitTexts(1)).containsExactly("hot");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aParentTopicThatWasNotCreatedClosesTheConnection(MqttVersion version) {
        try (EmbeddedApsaraMqtt instance =
                        EmbeddedApsaraMqtt.builder().parentTopic("alarms").start();
                Device device = Device.of(instance, version, "d").connect()) {
            device.subscribe("alarms/#");
            device.publish("alarms/x", "hot");
            assertThat(Device.failureOf(device.publishing("alarm/x", Qos.AT_LEAST_ONCE, false, new byte[0])))
                    .isNotNull();
            device.awaitClosed();
            assertThat(instance.events().of(PublishDenied.class))
                    .containsExactly(
                            new PublishDenied("GID_test@@@d", "alarm/x", "parent topic [alarm] was not created"));
        }
    }

    @Test
    void anMqtt5ClientIsDisconnectedWithNotAuthorized() {
        try (EmbeddedApsaraMqtt instance =
                        EmbeddedApsaraMqtt.builder().user(KEY).start();
                Device device = Device.of(instance, MqttVersion.V5, "d").connect()) {
            Throwable failure = Device.failureOf(device.publishing("alarms/x", Qos.AT_LEAST_ONCE, false, new byte[0]));
            assertThat(failure).rootCause().isInstanceOf(Mqtt5DisconnectException.class);
        }
    }

    @Test
    void aSwitchSendsMqtt5ClientsNegativeAcknowledgements() {
        try (EmbeddedApsaraMqtt instance = EmbeddedApsaraMqtt.builder()
                .user(KEY)
                .negativeAcknowledgement(true)
                .start()) {
            try (Device device = Device.of(instance, MqttVersion.V5, "d").connect()) {
                assertThat(Device.failureOf(device.publishing("alarms/x", Qos.AT_LEAST_ONCE, false, new byte[0])))
                        .isInstanceOf(Mqtt5PubAckException.class);
                device.awaitClosed();
            }
            try (Device device = Device.of(instance, MqttVersion.V5, "d").connect()) {
                assertThat(Device.failureOf(device.publishing("alarms/x", Qos.EXACTLY_ONCE, false, new byte[0])))
                        .isInstanceOf(Mqtt5PubRecException.class);
                device.awaitClosed();
            }
            try (Device device = Device.of(instance, MqttVersion.V5, "d").connect()) {
                assertThat(Device.failureOf(device.subscribing("alarms/#", Qos.AT_LEAST_ONCE)))
                        .isInstanceOf(Mqtt5SubAckException.class);
                assertThat(device.isConnected()).isTrue();
            }
            try (Device device = Device.of(instance, MqttVersion.V3_1_1, "d").connect()) {
                assertThat(Device.failureOf(device.subscribing("alarms/#", Qos.AT_LEAST_ONCE)))
                        .isNotNull();
                device.awaitClosed();
            }
        }
    }

    @Test
    void anEditionMayTakeOtherPayloads() {
        try (EmbeddedApsaraMqtt instance = EmbeddedApsaraMqtt.builder()
                        .limits(ServiceLimits.standard().withPayloadBytes(10))
                        .start();
                Device device = Device.of(instance, MqttVersion.V3_1_1, "d").connect()) {
            device.publish("alarms/x", "0123456789");
            assertThat(Device.failureOf(device.publishing("alarms/x", Qos.AT_LEAST_ONCE, false, new byte[11])))
                    .isNotNull();
            device.awaitClosed();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void theInstanceAccessPermissionIsRequiredBySwitch(boolean required, boolean allowed) {
        String document = """
                {"Version":"1","Statement":[{"Effect":"Allow","Action":"mq:PUB",
                 "Resource":"acs:mq:*:*:topic/post-cn-access/alarms"}]}
                """;
        try (EmbeddedApsaraMqtt instance = EmbeddedApsaraMqtt.builder()
                        .instanceId("post-cn-access")
                        .user(KEY, Policy.parse("pub", document))
                        .instanceAccessRequired(required)
                        .start();
                Device device = Device.of(instance, MqttVersion.V3_1_1, "d").connect()) {
            device.publishing("alarms/x", Qos.AT_LEAST_ONCE, false, new byte[0])
                    .handle((done, failure) -> failure)
                    .join();
            assertThat(instance.events().of(PublishDenied.class)).hasSize(allowed ? 0 : 1);
        }
    }

    @Test
    void mistakesOfTheTestItselfAreExplained() {
        try (EmbeddedApsaraMqtt instance =
                EmbeddedApsaraMqtt.builder().account(KEY).start()) {
            assertThatThrownBy(() -> EmbeddedApsaraMqtt.builder()
                            .instanceId(instance.instanceId())
                            .start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already open");
            assertThatThrownBy(() -> EmbeddedApsaraMqtt.builder()
                            .port(instance.port() == 1 ? 2 : 1)
                            .start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already listens on port " + instance.port());
            assertThatThrownBy(() -> instance.setPolicies("LTAI5tNobody"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not known");
            assertThatThrownBy(() -> instance.setPolicies(KEY.id()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no policy limits");
            assertThatThrownBy(() -> EmbeddedApsaraMqtt.builder()
                            .account(AccessKey.temporary("STS.abc", "s", "t"))
                            .start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("temporary");
            assertThatThrownBy(() -> EmbeddedApsaraMqtt.builder()
                            .account(AccessKey.of("LTAI5tTwice", "one"))
                            .account(AccessKey.of("LTAI5tTwice", "two"))
                            .start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("twice");
        }
    }
}
