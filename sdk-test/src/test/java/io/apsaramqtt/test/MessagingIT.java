package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import io.apsaramqtt.test.event.BrokerEvent.PublishAccepted;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.event.DisconnectedBy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagingIT {

    private static EmbeddedApsaraMqtt instance;

    @BeforeAll
    static void start() {
        instance = EmbeddedApsaraMqtt.builder().group("GID_messaging").start();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @BeforeEach
    void forgetEvents() {
        instance.events().clear();
    }

    @ParameterizedTest
    @CsvSource({
        "V3_1_1, AT_MOST_ONCE",
        "V3_1_1, AT_LEAST_ONCE",
        "V3_1_1, EXACTLY_ONCE",
        "V5, AT_MOST_ONCE",
        "V5, AT_LEAST_ONCE",
        "V5, EXACTLY_ONCE"
    })
    void aMessageArrivesWithItsQualityOfService(MqttVersion version, Qos qos) {
        try (Device sender = Device.of(instance, version, "sender").connect();
                Device receiver = Device.of(instance, version, "receiver").connect()) {
            receiver.subscribe("alarms/#", Qos.EXACTLY_ONCE);
            sender.publish("alarms/device-1", qos, "hot".getBytes(StandardCharsets.UTF_8));

            Device.Received message = receiver.awaitReceived(1).get(0);
            assertThat(message.topic()).isEqualTo("alarms/device-1");
            assertThat(message.qos()).isEqualTo(qos);
            assertThat(message.text()).isEqualTo("hot");
            assertThat(instance.events().of(PublishAccepted.class))
                    .containsExactly(new PublishAccepted("GID_messaging@@@sender", "alarms/device-1", qos, 3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aP2pMessageReachesOnlyItsAddresseeWhoNeverSubscribed(MqttVersion version) {
        try (Device sender = Device.of(instance, version, "sender").connect();
                Device addressee = Device.of(instance, version, "addressee").connect();
                Device curious = Device.of(instance, version, "curious").connect()) {
            curious.subscribe("alarms/#");
            sender.publish("alarms/p2p/GID_messaging@@@addressee", "for you");
            sender.publish("alarms/all", "for all");

            assertThat(addressee.awaitTexts(1)).containsExactly("for you");
            assertThat(addressee.received().get(0).topic()).isEqualTo("alarms/p2p/GID_messaging@@@addressee");
            assertThat(curious.awaitTexts(1)).containsExactly("for all");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPayloadOf65536BytesArrivesAndOneMoreClosesTheConnection(MqttVersion version) {
        try (Device sender = Device.of(instance, version, "sender").connect();
                Device receiver = Device.of(instance, version, "receiver").connect()) {
            receiver.subscribe("alarms/#");
            byte[] largest = new byte[65_536];
            Arrays.fill(largest, (byte) 0xA5);
            sender.publish("alarms/big", Qos.AT_LEAST_ONCE, largest);
            assertThat(receiver.awaitReceived(1).get(0).payload()).isEqualTo(largest);

            assertThat(Device.failureOf(sender.publishing("alarms/big", Qos.AT_LEAST_ONCE, false, new byte[65_537])))
                    .isNotNull();
            sender.awaitClosed();
            assertThat(instance.events().of(PublishDenied.class))
                    .containsExactly(new PublishDenied(
                            "GID_messaging@@@sender", "alarms/big", "payload of 65537 bytes, the limit is 65536"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameClientIdConnectedTwiceIsTakenOver(MqttVersion version) {
        String twin = "twin-" + version;
        try (Device first = Device.of(instance, version, twin).connect();
                Device second = Device.of(instance, version, twin).connect()) {
            first.awaitClosed();
            assertThat(second.isConnected()).isTrue();
            instance.events()
                    .await(
                            Disconnected.class,
                            new Disconnected("GID_messaging@@@" + twin, DisconnectedBy.BROKER)::equals);
            second.publish("alarms/x", "still here");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRetainFlagHasNoEffect(MqttVersion version) {
        try (Device sender = Device.of(instance, version, "sender").connect();
                Device late = Device.of(instance, version, "late").connect()) {
            Device.await(sender.publishing("alarms/kept", Qos.AT_LEAST_ONCE, true, new byte[] {1}));
            late.subscribe("alarms/kept");
            sender.publish("alarms/kept", "live");

            assertThat(late.awaitTexts(1)).containsExactly("live");
        }
    }

    @Test
    void userPropertiesArriveAsTheyWereSent() {
        Queue<Mqtt5UserProperties> received = new ConcurrentLinkedQueue<>();
        Mqtt5UserProperties sent = Mqtt5UserProperties.builder()
                .add("unit", "celsius")
                .add("unit", "kelvin")
                .build();
        try (Device device = Device.of(instance, MqttVersion.V5, "properties").connect()) {
            Mqtt5AsyncClient client = (Mqtt5AsyncClient) device.client();
            client.publishes(MqttGlobalPublishFilter.ALL, publish -> received.add(publish.getUserProperties()));
            device.subscribe("alarms/#");
            Device.await(client.publishWith()
                    .topic("alarms/x")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .userProperties(sent)
                    .send());
            Awaitility.await().atMost(Device.PATIENCE).until(() -> !received.isEmpty());
            assertThat(received).containsExactly(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTestCutsAConnection(MqttVersion version) {
        try (Device device = Device.of(instance, version, "cut").connect()) {
            assertThat(instance.disconnect(instance.clientId("cut"))).isTrue();
            device.awaitClosed();
            assertThat(instance.disconnect(instance.clientId("cut"))).isFalse();
        }
    }

    @Test
    @SuppressWarnings("try") // closing early is the point, and closing twice is harmless
    void instancesInOneJvmDoNotSeeEachOther() {
        try (EmbeddedApsaraMqtt other =
                        EmbeddedApsaraMqtt.builder().group("GID_other").start();
                Device here = Device.of(instance, MqttVersion.V3_1_1, "here").connect();
                Device there = Device.of(other, MqttVersion.V5, "there").connect()) {
            assertThat(other.port()).isEqualTo(instance.port());
            there.subscribe("alarms/#", Qos.EXACTLY_ONCE);
            here.subscribe("alarms/#", Qos.EXACTLY_ONCE);
            for (Qos qos : Qos.values()) {
                here.publish("alarms/x", qos, "here".getBytes(StandardCharsets.UTF_8));
            }
            here.publish("alarms/p2p/GID_other@@@there", "to a client of another instance");
            there.publish("alarms/x", "there");

            assertThat(there.awaitTexts(1)).containsExactly("there");
            assertThat(here.awaitTexts(3)).containsOnly("here");
            assertThat(other.events().of(ConnectAccepted.class)).hasSize(1);
            assertThat(other.events().of(PublishAccepted.class)).hasSize(1);

            other.close();
            there.awaitClosed();
            assertThat(here.isConnected()).isTrue();
        }
    }
}
