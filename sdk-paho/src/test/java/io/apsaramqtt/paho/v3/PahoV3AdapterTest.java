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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPubRec;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPubRel;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PahoV3AdapterTest {

    private static final Endpoint ENDPOINT = Endpoint.parse("tcp://h");
    private static final SocketFactory SOCKETS = SocketFactory.getDefault();

    private static ConnectPacket packet(Duration timeout, boolean clean) {
        return new ConnectPacket(
                new SignedConnect("user", "password", null),
                Duration.ofSeconds(90),
                timeout,
                clean,
                Duration.ofHours(1),
                100,
                null);
    }

    @Test
    void theOptionsAreOursAndNotPahosDefaults() {
        MqttConnectOptions options = PahoV3Options.of(packet(Duration.ofMillis(1_500), true), SOCKETS);
        assertThat(options.getMqttVersion()).isEqualTo(MqttConnectOptions.MQTT_VERSION_3_1_1);
        assertThat(options.isAutomaticReconnect()).isFalse();
        assertThat(options.isCleanSession()).isTrue();
        assertThat(options.getMaxInflight()).isEqualTo(65_535);
        assertThat(options.getKeepAliveInterval()).isEqualTo(90);
        assertThat(options.getConnectionTimeout()).isEqualTo(2);
        assertThat(options.isHttpsHostnameVerificationEnabled()).isTrue();
        assertThat(options.getUserName()).isEqualTo("user");
        assertThat(options.getPassword()).containsExactly("password".toCharArray());
        assertThat(options.getSocketFactory()).isSameAs(SOCKETS);
        assertThat(PahoV3Options.of(packet(Duration.ofSeconds(1), false), SOCKETS)
                        .isCleanSession())
                .isFalse();
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
        PahoV3Transport transport = new PahoV3Transport(ENDPOINT, ClientId.of("c"), new Unreleased(), new Received());
        assertThat(failureOf(transport.publish(1, false, Message.of("a", "b")))).hasMessageContaining("Not connected");
        assertThat(failureOf(transport.release(1))).hasMessageContaining("Not connected");
        transport.acknowledge(1);
        transport.close();
        transport.close();
    }

    @Test
    void ofAMessageOfQos2OnlyTheNewestConnectionMakesUse() {
        Unreleased unreleased = new Unreleased();
        Received received = new Received();
        PahoMemory old = new PahoMemory(unreleased, received);
        old.put("r-5", new MqttPublish("a", new MqttMessage()));
        old.put("r-6", new MqttPublish("a", new MqttMessage()));
        assertThat(old.take(5)).isTrue();
        PahoMemory newest = new PahoMemory(unreleased, received);
        assertThat(Collections.list(newest.keys())).isEqualTo(List.of("r-6"));
        assertThat(newest.containsKey("r-6")).isTrue();
        assertThat(newest.get("s-6")).isNull();
        assertThat(old.take(6)).isFalse();
        old.remove("r-6");
        old.put("r-7", new MqttPublish("a", new MqttMessage()));
        assertThat(newest.received()).containsExactly(6);
        assertThat(newest.take(6)).isTrue();
        assertThat(newest.take(6)).isFalse();
    }

    private static PahoV3Callback callback(PahoMemory memory, Received received) {
        return new PahoV3Callback(
                ENDPOINT,
                received,
                new ConnectionLife(ENDPOINT, received),
                memory,
                new AtomicBoolean(),
                (packetId, qos) -> received.acknowledged.add(packetId));
    }

    @Test
    void aThreadOfAnOldConnectionThatComesTooLateHandsNothingOn() {
        Unreleased unreleased = new Unreleased();
        Received received = new Received();
        PahoMemory old = new PahoMemory(unreleased, received);
        MqttMessage message = new MqttMessage(new byte[] {1});
        message.setQos(2);
        message.setId(5);
        old.put("r-5", new MqttPublish("a", message));
        PahoMemory newest = new PahoMemory(unreleased, received);
        callback(old, received).messageArrived("a", message);
        assertThat(received.messages).isEmpty();
        callback(newest, received).messageArrived("a", message);
        callback(newest, received).messageArrived("a", message);
        assertThat(received.messages)
                .containsExactly(Message.of("a", new byte[] {1}).withQos(Qos.EXACTLY_ONCE));
        assertThat(received.acknowledged).containsExactly(5, 5, 5);
    }

    @Test
    void whatPahoSendsIsNotKeptAndItsPubrelsTellThePubrecs() {
        Received received = new Received();
        PahoMemory memory = new PahoMemory(new Unreleased(), received);
        memory.put("s-1", new MqttPublish("a", new MqttMessage()));
        memory.put("sc-2", new MqttPubRel(new MqttPubRec(new MqttPublish("a", new MqttMessage()))));
        memory.put("sc-3", new Packets.Release(3));
        assertThat(Collections.list(memory.keys())).isEmpty();
        assertThat(received.pubrecs).containsExactly(2);
        memory.remove("s-1");
        memory.open("c", "u");
        memory.clear();
        memory.close();
    }

    private static final class Received implements TransportListener {

        private final List<Message> messages = new ArrayList<>();
        private final List<Integer> acknowledged = new ArrayList<>();
        private final List<Integer> pubrecs = new ArrayList<>();

        @Override
        public void received(int packetId, Message message) {
            messages.add(message);
        }

        @Override
        public void publishReceived(int packetId) {
            pubrecs.add(packetId);
        }

        @Override
        public void lost(ConnectionLostException loss) {}
    }
}
