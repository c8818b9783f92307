package io.apsaramqtt.mosquitto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.Connections;
import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.permission.Operation;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refused SUBACK, PUBACK or PUBREC fails the call: Paho calls it a success. */
class MosquittoRefusalIT {

    private static final User DEVICE = new User("device", "device-password");

    private static @Nullable MosquittoBroker broker;

    @BeforeAll
    static void start() {
        broker = DynamicSecurity.start(DEVICE);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static ApsaraMqttClient connected(MqttVersion version) {
        return connected(version, new Connections());
    }

    private static ApsaraMqttClient connected(MqttVersion version, Connections connections) {
        ApsaraMqttClient client = ApsaraMqttClient.builder()
                .endpoint(Objects.requireNonNull(broker).endpoint())
                .profile(Profile.GENERIC)
                .clientId(ClientId.of("refused"))
                .authentication(Authentication.plain(DEVICE.name(), DEVICE.password()))
                .connectionListener(connections)
                .reconnectDelay(Duration.ofMillis(10), Duration.ofMillis(100))
                .mqttVersion(version)
                .build();
        client.connect();
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedSubscribeFailsWithItsCode(MqttVersion version) throws InterruptedException {
        try (ApsaraMqttClient client = connected(version)) {
            assertThatThrownBy(() -> client.subscribe("billing/#", message -> {}))
                    .isInstanceOfSatisfying(OperationRefusedException.class, e -> {
                        assertThat(e.operation()).isEqualTo(Operation.SUBSCRIBE);
                        assertThat(e.topic()).isEqualTo("billing/#");
                        assertThat(e.reasonCode()).isEqualTo(version == MqttVersion.V5 ? 0x87 : 0x80);
                    });
            Inbox inbox = new Inbox();
            client.subscribe("alarms/#", inbox);
            client.publish("alarms/a", "still connected");
            assertThat(inbox.texts(1)).containsExactly("still connected");
        }
    }

    @Test
    void aRefusedPublishFailsWithItsCodeAndMakesRoomForTheNext() {
        try (ApsaraMqttClient client = connected(MqttVersion.V5)) {
            // More than the window: a refusal that kept its room would stop the client.
            for (int i = 0; i < 150; i++) {
                assertRefused(client);
            }
            client.publish("alarms/a", "still connected");
        }
    }

    @Test
    void aRefusedPublishOfQosTwoFailsAndTheConnectionStays() {
        Connections connections = new Connections();
        try (ApsaraMqttClient client = connected(MqttVersion.V5, connections)) {
            for (int i = 1; i <= 3; i++) {
                assertThatThrownBy(() -> client.publish("billing/a", "x", Qos.EXACTLY_ONCE))
                        .isInstanceOf(OperationRefusedException.class)
                        .hasMessageMatching("(?is).*billing/a.*not authorized.*");
            }
            client.publish("alarms/a", "still here", Qos.EXACTLY_ONCE);
            assertThat(connections.told()).containsExactly("connected");
        }
    }

    private static void assertRefused(ApsaraMqttClient client) {
        assertThatThrownBy(() -> client.publish("billing/a", "x"))
                .isInstanceOfSatisfying(OperationRefusedException.class, e -> {
                    assertThat(e.operation()).isEqualTo(Operation.PUBLISH);
                    assertThat(e.topic()).isEqualTo("billing/a");
                    assertThat(e.reasonCode()).isEqualTo(0x87);
                });
    }
}
