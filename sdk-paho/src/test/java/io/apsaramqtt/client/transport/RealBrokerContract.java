package io.apsaramqtt.client.transport;

import static io.apsaramqtt.client.Futures.get;
import static io.apsaramqtt.client.transport.Transports.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transports on a broker that knows nothing of the test: whatever is cut, a message of QoS 2 arrives once. */
abstract class RealBrokerContract {

    private final MqttVersion version;
    private final int port;
    private final Relay relay;
    private final Transports publishers;
    private final Transports subscribers;
    private final Inbox publisherInbox = new Inbox();
    private final Inbox inbox = new Inbox();

    RealBrokerContract(MqttVersion version, int port) {
        this.version = version;
        this.port = port;
        this.relay = new Relay(port);
        this.publishers = new Transports(version);
        this.subscribers = new Transports(version);
    }

    /** A CONNECT that the broker accepts from this client. */
    abstract ConnectPacket packet(ClientId clientId, boolean clean);

    @AfterEach
    void close() {
        publishers.close();
        subscribers.close();
        // A clean connection ends what is kept at the broker.
        for (Transports client : List.of(publishers, subscribers)) {
            Transport last = client.create(direct(), new Inbox());
            get(last.connect(packet(client.clientId(), true), SocketFactories.of(direct())));
            get(last.disconnect());
            last.close();
        }
        relay.close();
    }

    private Endpoint direct() {
        return Endpoint.parse("tcp://127.0.0.1:" + port);
    }

    private Transport connect(Transports client, Endpoint endpoint, Inbox listener, boolean clean, boolean present) {
        Transport transport = client.create(endpoint, listener);
        ConnectAck ack = get(transport.connect(packet(client.clientId(), clean), SocketFactories.of(endpoint)));
        assertThat(ack.sessionPresent()).isEqualTo(present);
        return transport;
    }

    private Transport publisher(boolean present) {
        return connect(publishers, relay.endpoint(), publisherInbox, false, present);
    }

    /** A subscriber straight at the broker. */
    private Transport subscriber(Qos qos) {
        Transport subscriber = connect(subscribers, direct(), inbox, false, false);
        get(subscriber.subscribe(1, List.of(subscription("topics/#", qos))));
        return subscriber;
    }

    private static Message message(String text, Qos qos) {
        return Message.of("topics/a", text).withQos(qos);
    }

    /**
     * What the subscriber gets before two last messages. One of QoS 2 may be handed on when it is released, and so behind one of
     * QoS 1 that was published later.
     */
    private List<String> receivedBefore(Transport publisher, Transport subscriber) {
        get(publisher.publish(1, false, message("end", Qos.EXACTLY_ONCE)));
        get(publisher.publish(1, false, message("end", Qos.AT_LEAST_ONCE)));
        List<String> texts = new ArrayList<>();
        for (int ends = 0; ends < 2; ) {
            Inbox.Received next = inbox.next();
            if (next.message().qos() == Qos.AT_LEAST_ONCE) {
                subscriber.acknowledge(next.packetId());
            }
            if (next.text().equals("end")) {
                ends++;
            } else {
                texts.add(next.text());
            }
        }
        return texts;
    }

    // Outbound

    @ParameterizedTest
    @EnumSource(names = {"PUBLISH", "PUBREC", "PUBREL", "PUBCOMP"})
    void cutAtAnyPacketAMessageOfQos2ThatIsPublishedArrivesOnce(Packet.Type cut) {
        Transport subscriber = subscriber(Qos.EXACTLY_ONCE);
        Transport publisher = publisher(false);
        relay.cutAt(cut);
        CompletableFuture<Ack> published = publisher.publish(4711, false, message("once", Qos.EXACTLY_ONCE));
        publisherInbox.nextLoss();
        assertThat(published).isCompletedExceptionally();
        boolean received = !publisherInbox.publishReceived().isEmpty();
        assertThat(received).isEqualTo(cut == Packet.Type.PUBREL || cut == Packet.Type.PUBCOMP);
        publisher.close();
        publisher = publisher(true);
        get(received ? publisher.release(4711) : publisher.publish(4711, true, message("once", Qos.EXACTLY_ONCE)));
        assertThat(receivedBefore(publisher, subscriber)).containsExactly("once");
        assertThat(relay.sent())
                .filteredOn(packet -> packet.packetId() > 1)
                .allSatisfy(packet -> assertThat(packet.packetId()).isEqualTo(4711));
    }

    @Test
    void cutAtItsPubackAMessageOfQos1ArrivesAtLeastOnce() {
        Transport subscriber = subscriber(Qos.AT_LEAST_ONCE);
        Transport publisher = publisher(false);
        relay.cutAt(Packet.Type.PUBACK);
        publisher.publish(4711, false, message("once", Qos.AT_LEAST_ONCE));
        publisherInbox.nextLoss();
        publisher.close();
        publisher = publisher(true);
        assertThat(get(publisher.publish(4711, true, message("once", Qos.AT_LEAST_ONCE)))
                        .isRefused())
                .isFalse();
        assertThat(receivedBefore(publisher, subscriber)).isNotEmpty().containsOnly("once");
    }

    @Test
    void aReleaseOfWhatTheBrokerNeverHadCompletes() {
        Transport publisher = publisher(false);
        assertThat(get(publisher.release(99)).code()).isIn(0, 0x92);
        assertThat(get(publisher.publish(99, false, message("a", Qos.EXACTLY_ONCE)))
                        .isRefused())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void manyAtOnceAllComplete(Qos qos) {
        Transport subscriber = subscriber(Qos.AT_MOST_ONCE);
        Transport publisher = publisher(false);
        List<CompletableFuture<Ack>> all = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            List<CompletableFuture<Ack>> window = new ArrayList<>();
            for (int packetId = 1; packetId <= 10; packetId++) {
                window.add(publisher.publish(
                        qos == Qos.AT_MOST_ONCE ? 0 : packetId, false, message("m" + all.size(), qos)));
                all.add(window.get(window.size() - 1));
            }
            for (CompletableFuture<Ack> one : window) {
                assertThat(get(one).isRefused()).isFalse();
            }
        }
        List<String> expected =
                IntStream.range(0, all.size()).mapToObj(i -> "m" + i).toList();
        assertThat(receivedBefore(publisher, subscriber)).isEqualTo(expected);
    }

    // Inbound

    @ParameterizedTest
    @EnumSource(names = {"PUBLISH", "PUBREC", "PUBREL", "PUBCOMP"})
    void cutAtAnyPacketAMessageOfQos2ThatComesIsHandedOnOnce(Packet.Type cut) {
        Transport subscriber = connect(subscribers, relay.endpoint(), inbox, false, false);
        get(subscriber.subscribe(1, List.of(subscription("topics/#", Qos.EXACTLY_ONCE))));
        Transport publisher = connect(publishers, direct(), publisherInbox, true, false);
        relay.cutAt(cut);
        get(publisher.publish(7, false, message("once", Qos.EXACTLY_ONCE)));
        inbox.nextLoss();
        subscriber.close();
        subscriber = connect(subscribers, relay.endpoint(), inbox, false, true);
        assertThat(receivedBefore(publisher, subscriber)).containsExactly("once");
        // And not when it connects once more, either.
        subscriber.close();
        subscriber = connect(subscribers, relay.endpoint(), inbox, false, true);
        assertThat(receivedBefore(publisher, subscriber)).isEmpty();
    }

    @Test
    void aMessageOfQos1ComesAgainUntilItIsAcknowledged() {
        Transport subscriber = subscriber(Qos.AT_LEAST_ONCE);
        Transport publisher = connect(publishers, direct(), publisherInbox, true, false);
        get(publisher.publish(7, false, message("a", Qos.AT_LEAST_ONCE)));
        Inbox.Received first = inbox.next();
        assertThat(first.message().duplicate()).isFalse();
        subscriber.close();
        subscriber = connect(subscribers, direct(), inbox, false, true);
        Inbox.Received again = inbox.next();
        assertThat(again.text()).isEqualTo("a");
        assertThat(again.message().duplicate()).isTrue();
        subscriber.acknowledge(again.packetId());
        assertThat(receivedBefore(publisher, subscriber)).isEmpty();
        subscriber.close();
        subscriber = connect(subscribers, direct(), inbox, false, true);
        assertThat(receivedBefore(publisher, subscriber)).isEmpty();
    }

    @Test
    void whatWasPublishedMeanwhileComesWithTheSession() {
        Transport subscriber = subscriber(Qos.EXACTLY_ONCE);
        get(subscriber.disconnect());
        subscriber.close();
        Transport publisher = connect(publishers, direct(), publisherInbox, true, false);
        for (int packetId = 1; packetId <= 5; packetId++) {
            get(publisher.publish(packetId, false, message("one " + packetId, Qos.AT_LEAST_ONCE)));
            get(publisher.publish(packetId, false, message("two " + packetId, Qos.EXACTLY_ONCE)));
        }
        subscriber = connect(subscribers, direct(), inbox, false, true);
        assertThat(receivedBefore(publisher, subscriber)).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aCleanConnectionForgetsTheSession() {
        subscriber(Qos.EXACTLY_ONCE).close();
        connect(subscribers, direct(), inbox, true, false).close();
        connect(subscribers, direct(), inbox, false, false).close();
        assertThat(inbox.texts()).isEmpty();
    }

    @Test
    void afterAnUnsubscribeNothingComes() {
        Transport subscriber = subscriber(Qos.AT_LEAST_ONCE);
        assertThat(get(subscriber.unsubscribe(2, List.of(TopicFilter.of("topics/#")))))
                .extracting(Ack::isRefused)
                .containsExactly(false);
        get(subscriber.subscribe(3, List.of(subscription("others/#", Qos.AT_LEAST_ONCE))));
        Transport publisher = connect(publishers, direct(), publisherInbox, true, false);
        get(publisher.publish(1, false, message("not this", Qos.AT_LEAST_ONCE)));
        get(publisher.publish(2, false, Message.of("others/a", "this")));
        assertThat(inbox.next().text()).isEqualTo("this");
    }

    // Contents

    @ParameterizedTest
    @ValueSource(strings = {"topics/报警：高（一）", "topics/😀"})
    void topicsOfAllOfUnicodeArrive(String topic) {
        subscriber(Qos.AT_LEAST_ONCE);
        Transport publisher = publisher(false);
        get(publisher.publish(1, false, Message.of(topic, "x")));
        Inbox.Received received = inbox.next();
        assertThat(received.message().topic()).isEqualTo(TopicName.of(topic));
        assertThat(publisherInbox.losses()).isEmpty();
    }

    @Test
    void propertiesArriveWhereTheVersionHasThem() {
        subscriber(Qos.AT_LEAST_ONCE);
        Transport publisher = publisher(false);
        MessageProperties properties = MessageProperties.none()
                .withUserProperty("名", "😀")
                .withUserProperty("名", "two")
                .withContentType("application/json")
                .withExpiry(Duration.ofHours(1))
                .withResponseTopic(TopicName.of("topics/answers"))
                .withCorrelationData(new byte[] {0, 1, -1})
                .withText(true);
        get(publisher.publish(1, false, message("a", Qos.AT_LEAST_ONCE).withProperties(properties)));
        MessageProperties received = inbox.next().message().properties();
        if (version == MqttVersion.V5) {
            // The broker counts its own time off.
            assertThat(received.expiry().orElseThrow()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
            assertThat(received.withExpiry(Duration.ofHours(1))).isEqualTo(properties);
        } else {
            assertThat(received.isEmpty()).isTrue();
        }
    }

    @Test
    void aClientThatIsTakenOverLosesItsConnection() {
        Transport first = subscriber(Qos.AT_LEAST_ONCE);
        connect(subscribers, direct(), new Inbox(), false, true);
        ConnectionLostException loss = inbox.nextLoss();
        // Mosquitto 2.0 hangs up without a word.
        assertThat(loss.reasonCode().orElse(0x8E)).isEqualTo(0x8E);
        first.close();
    }
}
