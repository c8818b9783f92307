package io.apsaramqtt.paho.v5;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttConnAck;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubRel;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PahoV5AdapterTest {

    private static final Endpoint ENDPOINT = Endpoint.parse("ssl://h");
    private static final SocketFactory SOCKETS = SocketFactory.getDefault();

    private static ConnectPacket packet(boolean clean, Duration sessionExpiry) {
        return new ConnectPacket(
                new SignedConnect("user", "password", null),
                Duration.ofSeconds(90),
                Duration.ofMillis(1_500),
                clean,
                sessionExpiry,
                100,
                Message.of("wills/a", "gone")
                        .withQos(Qos.EXACTLY_ONCE)
                        .withRetained(true)
                        .withProperties(MessageProperties.none().withContentType("text/plain")));
    }

    @Test
    void theOptionsAreOursAndNotPahosDefaults() {
        MqttConnectionOptions options = PahoV5Options.of(packet(true, Duration.ofHours(1)), SOCKETS);
        assertThat(options.isAutomaticReconnect()).isFalse();
        assertThat(options.isCleanStart()).isTrue();
        assertThat(options.getSessionExpiryInterval()).isZero();
        assertThat(options.getReceiveMaximum()).isEqualTo(100);
        assertThat(options.getRequestProblemInfo()).isTrue();
        assertThat(options.getTopicAliasMaximum()).isZero();
        assertThat(options.getKeepAliveInterval()).isEqualTo(90);
        assertThat(options.getConnectionTimeout()).isEqualTo(2);
        assertThat(options.isHttpsHostnameVerificationEnabled()).isTrue();
        assertThat(options.getUserName()).isEqualTo("user");
        assertThat(new String(options.getPassword(), StandardCharsets.UTF_8)).isEqualTo("password");
        assertThat(options.getWillDestination()).isEqualTo("wills/a");
        assertThat(options.getWillMessage().getQos()).isEqualTo(2);
        assertThat(options.getWillMessage().isRetained()).isTrue();
        assertThat(options.getWillMessageProperties().getContentType()).isEqualTo("text/plain");
        assertThat(options.getSocketFactory()).isSameAs(SOCKETS);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT0.5S, 1", "PT1H, 3600", "PT1.1S, 2", "P200000D, 4294967295"})
    void aSessionThatIsKeptExpiresInWholeSecondsAndNeverAtOnce(Duration expiry, long seconds) {
        MqttConnectionOptions options = PahoV5Options.of(packet(false, expiry), SOCKETS);
        assertThat(options.isCleanStart()).isFalse();
        assertThat(options.getSessionExpiryInterval()).isEqualTo(seconds);
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
        ConnectFailedException failure = PahoV5Failures.connect(
                ENDPOINT, Duration.ofSeconds(1), new MqttException(code), new Corrections(), "said so");
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
        assertThat(PahoV5Answers.publish(token, new Corrections())).isEqualTo(Ack.SUCCESS);
        assertThat(PahoV5Answers.reasonString(token)).isNull();
        assertThat(PahoV5Answers.receiveMaximum(token)).isEqualTo(65_535);
    }

    @Test
    void aTransportThatWasNeverConnectedFailsItsCalls() {
        PahoV5Transport transport = new PahoV5Transport(ENDPOINT, ClientId.of("c"), new Unreleased(), new Received());
        assertThat(failureOf(transport.publish(1, false, Message.of("a", "b")))).hasMessageContaining("Not connected");
        assertThat(failureOf(transport.release(1))).hasMessageContaining("Not connected");
        transport.acknowledge(1);
        transport.close();
        transport.close();
    }

    private static MqttPublish publish(int packetId) {
        MqttPublish publish = new MqttPublish("a", new MqttMessage(), new MqttProperties());
        publish.setMessageId(packetId);
        return publish;
    }

    @Test
    void aMessageOfQos2IsHandedOnOnceUntilItIsReleased() throws Exception {
        PahoMemory memory = new PahoMemory(new Unreleased(), new Received());
        List<Integer> released = new ArrayList<>();
        memory.onReleased(released::add);
        MqttPublish first = publish(5);
        MqttPublish duplicate = publish(5);
        memory.put("r-5", first);
        memory.put("r-5", duplicate);
        assertThat(memory.take(duplicate.getProperties())).isFalse();
        assertThat(memory.take(first.getProperties())).isTrue();
        assertThat(memory.take(first.getProperties())).isFalse();
        memory.remove("r-5");
        memory.remove("r-5");
        assertThat(released).containsExactly(5);
        MqttPublish another = publish(5);
        memory.put("r-5", another);
        assertThat(memory.take(another.getProperties())).isTrue();
    }

    @Test
    void ofAMessageOfQos2OnlyTheNewestConnectionMakesUse() throws Exception {
        Unreleased unreleased = new Unreleased();
        PahoMemory old = new PahoMemory(unreleased, new Received());
        MqttPublish left = publish(5);
        MqttPublish next = publish(6);
        old.put("r-5", left);
        old.put("r-6", next);
        assertThat(old.take(left.getProperties())).isTrue();
        PahoMemory newest = new PahoMemory(unreleased, new Received());
        newest.begin(true);
        assertThat(newest.left()).containsExactly(next);
        assertThat(old.take(next.getProperties())).isFalse();
        old.remove("r-6");
        old.begin(false);
        MqttPublish duplicate = publish(6);
        newest.put("r-6", duplicate);
        assertThat(newest.take(duplicate.getProperties())).isFalse();
        assertThat(newest.take(next.getProperties())).isTrue();
        newest.begin(false);
        newest.put("r-6", duplicate);
        assertThat(newest.take(duplicate.getProperties())).isTrue();
    }

    private static PahoV5Callback callback(PahoMemory memory, Received received) {
        return new PahoV5Callback(
                ENDPOINT,
                received,
                new ConnectionLife(ENDPOINT, received),
                memory,
                new Corrections(),
                new AtomicBoolean(),
                packetId -> {});
    }

    @Test
    void aThreadOfAnOldConnectionThatComesTooLateHandsNothingOn() throws Exception {
        Unreleased unreleased = new Unreleased();
        Received received = new Received();
        PahoMemory old = new PahoMemory(unreleased, received);
        MqttPublish publish = new MqttPublish(
                "a", new MqttMessage(new byte[] {1}, 2, false, new MqttProperties()), new MqttProperties());
        publish.setMessageId(5);
        old.put("r-5", publish);
        PahoMemory newest = new PahoMemory(unreleased, received);
        newest.begin(true);
        callback(old, received).messageArrived("a", publish.getMessage());
        assertThat(received.messages).isEmpty();
        callback(newest, received).handOnWhatIsLeft(Runnable::run);
        callback(newest, received).handOnWhatIsLeft(Runnable::run);
        callback(newest, received).messageArrived("a", publish.getMessage());
        assertThat(received.messages)
                .containsExactly(Message.of("a", new byte[] {1}).withQos(Qos.EXACTLY_ONCE));
    }

    @Test
    void whatComesWaitsForWhatIsLeft() throws Exception {
        Unreleased unreleased = new Unreleased();
        Received received = new Received();
        PahoMemory old = new PahoMemory(unreleased, received);
        MqttPublish publish = new MqttPublish(
                "a", new MqttMessage(new byte[] {1}, 2, false, new MqttProperties()), new MqttProperties());
        publish.setMessageId(5);
        old.put("r-5", publish);
        PahoMemory newest = new PahoMemory(unreleased, received);
        newest.begin(true);
        PahoV5Callback callback = callback(newest, received);
        List<Runnable> tasks = new ArrayList<>();
        callback.handOnWhatIsLeft(tasks::add);
        Thread paho = new Thread(
                () -> callback.messageArrived("a", new MqttMessage(new byte[] {2}, 1, false, new MqttProperties())));
        paho.start();
        await().until(() -> paho.getState() == Thread.State.WAITING);
        tasks.forEach(Runnable::run);
        paho.join();
        assertThat(received.messages)
                .extracting(message -> message.payload()[0])
                .containsExactly((byte) 1, (byte) 2);
    }

    @Test
    void whatPahoSendsIsNotKeptAndItsPubrelsTellThePubrecs() throws Exception {
        Received received = new Received();
        PahoMemory memory = new PahoMemory(new Unreleased(), received);
        memory.put("s-2", publish(2));
        memory.put("sc-2", new MqttPubRel(0, 2, new MqttProperties()));
        memory.put("sc-3", new Packets.Release(3));
        assertThat(memory.keys().hasMoreElements()).isFalse();
        assertThat(memory.get("s-2")).isNull();
        assertThat(memory.containsKey("s-2")).isFalse();
        assertThat(received.pubrecs).containsExactly(2);
        memory.remove("s-2");
        MqttPubRel unasked = new MqttPubRel(0, 2, new MqttProperties());
        assertThatThrownBy(() -> memory.put("sc-2", unasked))
                .hasRootCauseMessage("PUBREC for packet [2], which was not sent");
        memory.open("c");
        memory.clear();
        memory.close();
    }

    @Test
    void propertiesGoToPahoAndBack() {
        MessageProperties properties = MessageProperties.none()
                .withUserProperty("region", "cn")
                .withUserProperty("region", "")
                .withContentType("application/json")
                .withExpiry(Duration.ofSeconds(4_294_967_295L))
                .withResponseTopic(TopicName.of("answers/a"))
                .withCorrelationData(new byte[] {1, 2, -3})
                .withText(true);
        for (MessageProperties each : List.of(properties, MessageProperties.none())) {
            Message message = Message.of("a", "b")
                    .withQos(Qos.EXACTLY_ONCE)
                    .withRetained(true)
                    .withProperties(each);
            MqttMessage paho = PahoV5Messages.message(message);
            paho.setProperties(PahoV5Messages.properties(message));
            assertThat(PahoV5Messages.message("a", paho, false)).isEqualTo(message);
            assertThat(PahoV5Messages.message("a", paho, true)).isEqualTo(message.withDuplicate(true));
        }
    }

    @Test
    void aMessageThatTheConnackForbidsIsRefusedBeforeItIsSent() throws Exception {
        MqttProperties connack = new MqttProperties();
        assertThat(Limits.of(connack)).isEqualTo(Limits.NONE);
        connack.setMaximumQoS(1);
        connack.setRetainAvailable(false);
        connack.setMaximumPacketSize(20L);
        Limits limits = Limits.of(connack);
        Message message = Message.of("topics/a", "12345");
        Packets.Publish fits = new Packets.Publish(1, false, message);
        assertThat(fits.serialize()).hasSize(20);
        assertThat(limits.refusal(fits)).isNull();
        assertThat(limits.refusal(new Packets.Publish(1, false, Message.of("topics/a", "123456"))))
                .isEqualTo(new Ack(0x95, "its CONNACK allows packets of 20 bytes, this one has 21"));
        assertThat(limits.refusal(new Packets.Publish(1, false, message.withQos(Qos.EXACTLY_ONCE))))
                .isEqualTo(new Ack(0x9B, "its CONNACK allows QoS 1 at most"));
        assertThat(limits.refusal(new Packets.Publish(1, false, message.withRetained(true))))
                .isEqualTo(new Ack(0x9A, "its CONNACK allows no retained messages"));
        assertThat(Limits.NONE.refusal(new Packets.Publish(1, false, message.withRetained(true))))
                .isNull();
    }

    @Test
    void aReceiveMaximumIsReadWithoutASign() {
        MqttToken token = new MqttToken("c");
        MqttProperties properties = new MqttProperties() {
            @Override
            public Integer getReceiveMaximum() {
                return (int) (short) 65_535;
            }
        };
        token.internalTok = new org.eclipse.paho.mqttv5.client.internal.Token("c") {
            @Override
            public MqttWireMessage getResponse() {
                try {
                    return new MqttConnAck(false, 0, properties);
                } catch (MqttException e) {
                    throw new AssertionError(e);
                }
            }
        };
        assertThat(PahoV5Answers.receiveMaximum(token)).isEqualTo(65_535);
    }

    private static final class Received implements TransportListener {

        private final List<Message> messages = new CopyOnWriteArrayList<>();
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
