package io.apsaramqtt.client;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that answers with a code before it closes the connection, which MQTT 5 allows. */
class NegativeAcknowledgementIT {

    @RegisterExtension
    static final EmbeddedService SERVICE = EmbeddedService.answeringWithCodes();

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void aRefusedPublishFailsAndTheConnectionComesBack(Qos qos) {
        Connections connections = new Connections();
        ApsaraMqttClient client = SERVICE.connected(SERVICE.builder(MqttVersion.V5)
                .credentials(CredentialsProvider.of(EmbeddedService.USER))
                .connectionListener(connections));
        // The code and the end of the connection come at the same time: either may be told.
        assertThat(failureOf(client.publishAsync("billing/a", "x", qos)))
                .isInstanceOfAny(OperationRefusedException.class, ConnectionLostException.class);
        await().until(() -> connections.connects() >= 2);
        client.publish("alarms/a", "back");
    }

    @Test
    void aRefusedSubscribeFailsAndTheConnectionStays() {
        Connections connections = new Connections();
        ApsaraMqttClient client = SERVICE.connected(SERVICE.builder(MqttVersion.V5)
                .credentials(CredentialsProvider.of(EmbeddedService.USER))
                .connectionListener(connections));
        assertThat(failureOf(client.subscribeAsync("billing/#", message -> {})))
                .isInstanceOfSatisfying(
                        OperationRefusedException.class,
                        e -> assertThat(e.reasonCode()).isEqualTo(0x87));
        client.publish("alarms/a", "still connected");
        assertThat(connections.told()).containsExactly("connected");
    }
}
