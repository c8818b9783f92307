package io.apsaramqtt.paho.v5;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.ConnectionLife;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PahoV5AdapterTest {

    private static final Endpoint ENDPOINT = Endpoint.parse("ssl://h");

    @Test
    void theOptionsAreOursAndNotPahosDefaults() throws Exception {
        MqttConnectionOptions options = PahoV5Options.of(
                ENDPOINT,
                new ConnectPacket(
                        new SignedConnect("user", "password", null),
                        Duration.ofSeconds(90),
                        Duration.ofMillis(1_500),
                        Message.of("wills/a", "gone").withQos(Qos.EXACTLY_ONCE).withRetained(true)));
        assertThat(options.isAutomaticReconnect()).isFalse();
        assertThat(options.isCleanStart()).isTrue();
        assertThat(options.getTopicAliasMaximum()).isZero();
        assertThat(options.getKeepAliveInterval()).isEqualTo(90);
        assertThat(options.getConnectionTimeout()).isEqualTo(2);
        assertThat(options.isHttpsHostnameVerificationEnabled()).isTrue();
        assertThat(options.getUserName()).isEqualTo("user");
        assertThat(new String(options.getPassword(), StandardCharsets.UTF_8)).isEqualTo("password");
        assertThat(options.getWillDestination()).isEqualTo("wills/a");
        assertThat(options.getWillMessage().getQos()).isEqualTo(2);
        assertThat(options.getWillMessage().isRetained()).isTrue();
        SocketFactory sockets = options.getSocketFactory();
        try (var socket = sockets.createSocket()) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "132, PROTOCOL",
        "133, REFUSED",
        "134, REFUSED",
        "135, REFUSED",
        "136, UNREACHABLE",
        "50001, PROTOCOL",
        "32000, TIMEOUT",
        "32109, CLOSED_BY_BROKER",
        "0, OTHER"
    })
    void aFailedConnectSaysWhy(int code, Reason reason) {
        ConnectFailedException failure =
                PahoV5Failures.connect(ENDPOINT, Duration.ofSeconds(1), new MqttException(code), "said so");
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.endpoint()).isEqualTo(ENDPOINT);
    }

    @ParameterizedTest
    @CsvSource({"32109", "32104", "32102", "32101", "32111"})
    void aCallOnAConnectionThatIsGoneSaysSo(int code) {
        assertThat(PahoV5Failures.operation(ENDPOINT, new MqttException(code)))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("Connection to [ssl://h:8883] was lost");
    }

    @Test
    void aLossRepeatsTheCodeAndTheWordsOfTheBroker() {
        ConnectionLostException loss =
                PahoV5Failures.lost(ENDPOINT, new MqttDisconnectResponse(0x87, "not yours", new ArrayList<>(), null));
        assertThat(loss.reasonCode()).hasValue(0x87);
        assertThat(loss).hasMessageContaining("0x87").hasMessageContaining("not yours");
        ConnectionLostException silent =
                PahoV5Failures.lost(ENDPOINT, new MqttDisconnectResponse(new MqttException(32109)));
        assertThat(silent.reasonCode()).isEmpty();
    }

    @Test
    void aTokenWithoutAResponseIsASuccess() {
        MqttToken token = new MqttToken("c");
        assertThat(PahoV5Answers.publish(token)).isEqualTo(Ack.SUCCESS);
        assertThat(PahoV5Answers.reasonString(token)).isNull();
        assertThat(PahoV5Answers.receiveMaximum(token)).isEqualTo(65_535);
    }

    @Test
    void aTransportThatWasNeverConnectedFailsItsCalls() {
        PahoV5Transport transport = new PahoV5Transport(ENDPOINT, ClientId.of("c"), new Received());
        assertThat(failureOf(transport.publish(Message.of("a", "b")))).hasMessageContaining("Not connected");
        transport.close();
        transport.close();
    }

    @Test
    void aMessageIsTakenAsItCame() {
        Received received = new Received();
        PahoV5Callback callback = new PahoV5Callback(ENDPOINT, received, new ConnectionLife(ENDPOINT, received));
        MqttMessage paho = new MqttMessage(new byte[] {1, 2, 3}, 2, true, new MqttProperties());
        callback.messageArrived("alarms/a", paho);
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
