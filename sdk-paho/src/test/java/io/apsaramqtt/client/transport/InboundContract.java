package io.apsaramqtt.client.transport;

import static io.apsaramqtt.client.transport.Packet.Type.PUBACK;
import static io.apsaramqtt.client.transport.Packet.Type.PUBCOMP;
import static io.apsaramqtt.client.transport.Packet.Type.PUBREC;
import static io.apsaramqtt.client.transport.Packet.Type.PUBREL;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.transport.Inbox.Received;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transport hands on, and how it answers. */
abstract class InboundContract extends TransportContract {

    InboundContract(MqttVersion version) {
        super(version);
    }

    // QoS 0 and 1

    @Test
    void aMessageIsHandedOnAsItCame() {
        connect();
        link.publish(0, 0, false, "topics/a", "zero");
        assertThat(inbox.next()).isEqualTo(new Received(0, message("zero", Qos.AT_MOST_ONCE)));
        link.publish(65_535, 1, true, "topics/a", "one");
        assertThat(inbox.next())
                .isEqualTo(
                        new Received(65_535, message("one", Qos.AT_LEAST_ONCE).withDuplicate(true)));
        link.publish(65_535, 1, false, "topics/a", "");
        assertThat(inbox.next()).isEqualTo(new Received(65_535, message("", Qos.AT_LEAST_ONCE)));
    }

    @Test
    void aMessageOfQos1IsAcknowledgedWhenTheCallerSaysSoAndInThatOrder() {
        connect();
        for (int packetId = 1; packetId <= 3; packetId++) {
            link.publish(packetId, 1, false, "topics/a", "message " + packetId);
        }
        awaitHandedOn();
        awaitNothingSent();
        transport.acknowledge(2);
        transport.acknowledge(3);
        transport.acknowledge(1);
        link.next(PUBACK, 2);
        link.next(PUBACK, 3);
        link.next(PUBACK, 1);
    }

    @Test
    void whatWasNotAcknowledgedComesAgainAndIsHandedOnAgain() {
        connect();
        link.publish(4, 1, false, "topics/a", "a");
        inbox.next();
        cut();
        connectAgain(true);
        link.publish(4, 1, true, "topics/a", "a");
        assertThat(inbox.next().message().duplicate()).isTrue();
        transport.acknowledge(4);
        link.next(PUBACK, 4);
    }

    @Test
    void toAcknowledgeWhereNobodyListensIsQuiet() {
        connect();
        link.publish(4, 1, false, "topics/a", "a");
        inbox.next();
        cut();
        transport.acknowledge(4);
        transport.close();
        transport.acknowledge(4);
        transports.create(broker.endpoint(), inbox).acknowledge(4);
    }

    // QoS 2

    private void receive(int packetId, String text) {
        link.publish(packetId, 2, false, "topics/a", text);
        link.next(PUBREC, packetId);
        link.answer(PUBREL, packetId);
        link.next(PUBCOMP, packetId);
    }

    @Test
    void aMessageOfQos2IsHandedOnOnceAndCompletedByItself() {
        connect();
        for (int round = 0; round < 20; round++) {
            receive(5, "round " + round);
            assertThat(inbox.next()).isEqualTo(new Received(5, message("round " + round, Qos.EXACTLY_ONCE)));
        }
        awaitHandedOn();
        assertThat(inbox.texts()).hasSize(20);
        awaitNothingSent();
    }

    @Test
    void cutBeforeThePubrecTheDuplicateIsHandedOnOnce() {
        connect();
        link.publish(5, 2, false, "topics/a", "a");
        link.next(PUBREC, 5);
        // As if it had not arrived.
        cut();
        connectAgain(true);
        link.publish(5, 2, true, "topics/a", "a");
        link.next(PUBREC, 5);
        link.answer(PUBREL, 5);
        link.next(PUBCOMP, 5);
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("a");
    }

    @Test
    void cutBeforeThePubrelItIsHandedOnOnce() {
        connect();
        link.publish(5, 2, false, "topics/a", "a");
        link.next(PUBREC, 5);
        cut();
        connectAgain(true);
        link.answer(PUBREL, 5);
        link.next(PUBCOMP, 5);
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("a");
    }

    @Test
    void cutBeforeThePubcompItIsHandedOnOnce() {
        connect();
        receive(5, "a");
        cut();
        connectAgain(true);
        link.answer(PUBREL, 5);
        link.next(PUBCOMP, 5);
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("a");
    }

    @Test
    void cutThreeTimesItIsHandedOnOnce() {
        connect();
        link.publish(5, 2, false, "topics/a", "a");
        cut();
        connectAgain(true);
        link.publish(5, 2, true, "topics/a", "a");
        link.next(PUBREC, 5);
        cut();
        connectAgain(true);
        link.answer(PUBREL, 5);
        link.next(PUBCOMP, 5);
        cut();
        connectAgain(true);
        link.answer(PUBREL, 5);
        link.next(PUBCOMP, 5);
        receive(5, "b");
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("a", "b");
    }

    @Test
    void aDuplicateWithinAConnectionIsHandedOnOnce() {
        connect();
        link.publish(5, 2, false, "topics/a", "a");
        link.next(PUBREC, 5);
        link.publish(5, 2, true, "topics/a", "a");
        link.next(PUBREC, 5);
        link.answer(PUBREL, 5);
        link.next(PUBCOMP, 5);
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("a");
    }

    @Test
    void anIdentifierMeansANewMessageAfterItsPubcomp() {
        connect();
        receive(5, "a");
        receive(5, "b");
        cut();
        connectAgain(true);
        receive(5, "c");
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutASessionWhatIsKeptIsForgotten(boolean clean) {
        connect();
        link.publish(5, 2, false, "topics/a", "a");
        link.next(PUBREC, 5);
        awaitHandedOn();
        cut();
        inbox.texts().clear();
        transport.close();
        connect(Transports.packet(clean), false);
        link.publish(5, 2, false, "topics/a", "another");
        link.next(PUBREC, 5);
        link.answer(PUBREL, 5);
        link.next(PUBCOMP, 5);
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("another");
    }

    @Test
    void withoutASessionAnOldPubrelReleasesNothing() {
        connect();
        link.publish(5, 2, false, "topics/a", "a");
        link.next(PUBREC, 5);
        awaitHandedOn();
        cut();
        inbox.texts().clear();
        connectAgain(false);
        link.answer(PUBREL, 5);
        link.next(PUBCOMP, 5);
        awaitHandedOn();
        assertThat(inbox.texts()).isEmpty();
    }

    @Test
    void theMessagesOfOneClientAreNotThoseOfAnother() {
        connect();
        link.publish(5, 2, false, "topics/a", "a");
        link.next(PUBREC, 5);
        awaitHandedOn();
        Inbox inboxOfAnother = new Inbox();
        try (Transports another = new Transports(version)) {
            var connected = another.connect(broker, inboxOfAnother, Transports.packet(false), true);
            connected.link().publish(5, 2, false, "topics/a", "another");
            connected.link().next(PUBREC, 5);
            connected.link().answer(PUBREL, 5);
            connected.link().next(PUBCOMP, 5);
            assertThat(inboxOfAnother.next().text()).isEqualTo("another");
        }
        assertThat(inbox.texts()).isSubsetOf("a");
    }

    // Held back

    @Test
    void whatWaitedBehindAMessageWhenTheConnectionWasLostIsHandedOnByTheNext() {
        connect();
        inbox.holdBack();
        link.publish(0, 0, false, "topics/a", "first");
        inbox.awaitHeldBack();
        for (int packetId = 1; packetId <= 5; packetId++) {
            link.publish(packetId, 2, false, "topics/a", "message " + packetId);
            link.next(PUBREC, packetId);
        }
        cut();
        connectAgain(true);
        inbox.letGo();
        for (int packetId = 1; packetId <= 5; packetId++) {
            link.answer(PUBREL, packetId);
            link.next(PUBCOMP, packetId);
        }
        awaitHandedOn();
        assertThat(inbox.texts())
                .containsExactly("first", "message 1", "message 2", "message 3", "message 4", "message 5");
    }

    @Test
    void aMessageThatIsBeingHandedOnWhenTheConnectionIsLostIsNotHandedOnAgain() {
        connect();
        inbox.holdBack();
        link.publish(5, 2, false, "topics/a", "a");
        link.next(PUBREC, 5);
        link.answer(PUBREL, 5);
        inbox.awaitHeldBack();
        cut();
        connectAgain(true);
        link.publish(0, 0, false, "topics/a", "mark");
        link.answer(PUBREL, 5);
        link.next(PUBCOMP, 5);
        inbox.letGo();
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("a", "mark");
        // The identifier is free: what the old connection still does with it must not touch the new message.
        receive(5, "b");
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("a", "mark", "b");
    }

    // What should not come

    @Test
    void aMessageThatNoBrokerMaySendIsAcknowledgedAndNotHandedOn() {
        connect();
        link.publish(6, 1, false, "topics/#", "a");
        link.next(PUBACK, 6);
        receive(7, "b");
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("b");
    }

    @Test
    void aListenerThatThrowsCostsNoConnection() {
        Inbox kept = inbox;
        TransportListener throwing = new TransportListener() {
            @Override
            public void received(int packetId, Message message) {
                kept.received(packetId, message);
                throw new IllegalStateException("of a test");
            }

            @Override
            public void publishReceived(int packetId) {
                kept.publishReceived(packetId);
                throw new IllegalStateException("of a test");
            }

            @Override
            public void lost(ConnectionLostException loss) {
                kept.lost(loss);
            }
        };
        var connected = transports.connect(broker, throwing, Transports.packet(false), false);
        transport = connected.transport();
        link = connected.link();
        receive(7, "b");
        var published = transport.publish(8, false, message("c", Qos.EXACTLY_ONCE));
        link.next(Packet.Type.PUBLISH, 8);
        link.answer(PUBREC, 8);
        link.next(PUBREL, 8);
        link.answer(PUBCOMP, 8);
        io.apsaramqtt.client.Futures.get(published);
        awaitHandedOn();
        assertThat(kept.losses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"报警：高（一）", "😀/a", "a/😀", "\uE000/\uE123", "ﷺ", "ü/ß"})
    void topicsOfAllOfUnicodeComeIn(String topic) {
        connect();
        link.publish(1, 1, false, topic, "x");
        assertThat(inbox.next().message().topic().value()).isEqualTo(topic);
        link.publish(2, 2, false, topic, "y");
        link.next(PUBREC, 2);
        awaitHandedOn();
        cut();
        connectAgain(true);
        link.answer(PUBREL, 2);
        link.next(PUBCOMP, 2);
        awaitHandedOn();
        assertThat(inbox.texts()).containsExactly("x", "y");
    }
}
