package io.apsaramqtt.paho.v3;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.ConnectionLife;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PahoV3AdapterTest {

    private static final Endpoint ENDPOINT = Endpoint.parse("tcp://h");

    private static ConnectPacket packet(Duration timeout) {
        return new ConnectPacket(new SignedConnect("user", "password", null), Duration.ofSeconds(90), timeout, null);
    }

    @Test
    void theOptionsAreOursAndNotPahosDefaults() throws Exception {
        MqttConnectOptions options = PahoV3Options.of(ENDPOINT, packet(Duration.ofMillis(1_500)));
        assertThat(options.getMqttVersion()).isEqualTo(MqttConnectOptions.MQTT_VERSION_3_1_1);
        assertThat(options.isAutomaticReconnect()).isFalse();
        assertThat(options.isCleanSession()).isTrue();
        assertThat(options.getMaxInflight()).isEqualTo(65_535);
        assertThat(options.getKeepAliveInterval()).isEqualTo(90);
        assertThat(options.getConnectionTimeout()).isEqualTo(2);
        assertThat(options.isHttpsHostnameVerificationEnabled()).isTrue();
        assertThat(options.getUserName()).isEqualTo("user");
        assertThat(options.getPassword()).containsExactly("password".toCharArray());
        SocketFactory sockets = options.getSocketFactory();
        try (var socket = sockets.createSocket()) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, PROTOCOL",
        "2, REFUSED",
        "3, UNREACHABLE",
        "4, REFUSED",
        "5, REFUSED",
        "32000, TIMEOUT",
        "32109, CLOSED_BY_BROKER",
        "0, OTHER",
        "32201, OTHER"
    })
    void aFailedConnectSaysWhy(int code, Reason reason) {
        ConnectFailedException failure =
                PahoV3Failures.connect(ENDPOINT, Duration.ofSeconds(1), new MqttException(code));
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.endpoint()).isEqualTo(ENDPOINT);
    }

    @ParameterizedTest
    @CsvSource({"32109", "32104", "32102", "32101", "32111"})
    void aCallOnAConnectionThatIsGoneSaysSo(int code) {
        assertThat(PahoV3Failures.operation(ENDPOINT, new MqttException(code)))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("Connection to [tcp://h:1883] was lost");
    }

    @Test
    void anyOtherFailureKeepsItsCause() {
        MqttException cause = new MqttException(32202);
        assertThat(PahoV3Failures.operation(ENDPOINT, cause))
                .isNotInstanceOf(ConnectionLostException.class)
                .hasCause(cause);
    }

    @Test
    void aLossNamesTheRootOfIt() {
        assertThat(PahoV3Failures.lost(ENDPOINT, new MqttException(32109, new EOFException("end of a test"))))
                .hasMessageContaining("tcp://h:1883");
        assertThat(PahoV3Failures.lost(ENDPOINT, null)).hasMessageContaining("tcp://h:1883");
    }

    @Test
    void aTransportThatWasNeverConnectedFailsItsCalls() {
        PahoV3Transport transport = new PahoV3Transport(ENDPOINT, ClientId.of("c"), new Received());
        assertThat(failureOf(transport.publish(Message.of("a", "b")))).hasMessageContaining("Not connected");
        transport.close();
        transport.close();
    }

    @Test
    void aMessageIsTakenAsItCame() {
        Received received = new Received();
        PahoV3Callback callback = new PahoV3Callback(ENDPOINT, received, new ConnectionLife(ENDPOINT, received));
        MqttMessage paho = new MqttMessage(new byte[] {1, 2, 3});
        paho.setQos(2);
        paho.setRetained(true);
        callback.messageArrived("alarms/a", paho);
        // Not a topic name: Paho drops the connection over what is thrown here.
        callback.messageArrived("alarms/#", paho);
        assertThat(received.messages)
                .containsExactly(Message.of("alarms/a", new byte[] {1, 2, 3})
                        .withQos(Qos.EXACTLY_ONCE)
                        .withRetained(true));
    }

    private static final class Received implements TransportListener {

        private final List<Message> messages = new ArrayList<>();

        @Override
        public void received(Message message) {
            messages.add(message);
        }

        @Override
        public void lost(ConnectionLostException loss) {}
    }
}
