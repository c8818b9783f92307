package io.apsaramqtt.client.transport;

import static io.apsaramqtt.client.Futures.failureOf;
import static io.apsaramqtt.client.Futures.get;
import static io.apsaramqtt.client.transport.Packet.Type.PUBACK;
import static io.apsaramqtt.client.transport.Packet.Type.PUBCOMP;
import static io.apsaramqtt.client.transport.Packet.Type.PUBLISH;
import static io.apsaramqtt.client.transport.Packet.Type.PUBREC;
import static io.apsaramqtt.client.transport.Packet.Type.PUBREL;
import static io.apsaramqtt.client.transport.Packet.Type.SUBSCRIBE;
import static io.apsaramqtt.client.transport.Packet.Type.UNSUBSCRIBE;
import static io.apsaramqtt.client.transport.Transports.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transport sends, and what it makes of the answers. */
abstract class OutboundContract extends TransportContract {

    OutboundContract(MqttVersion version) {
        super(version);
    }

    // Packet identifiers

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32_768, 65_535})
    void aPublishGoesOutWithTheIdentifierOfTheCaller(int packetId) {
        connect();
        CompletableFuture<Ack> published = transport.publish(packetId, false, message("a", Qos.AT_LEAST_ONCE));
        Packet packet = link.next(PUBLISH, packetId);
        assertThat(packet.qos()).isEqualTo(1);
        assertThat(packet.isDuplicate()).isFalse();
        assertThat(packet.topic()).isEqualTo("topics/a");
        assertThat(published).isNotDone();
        link.answer(PUBACK, packetId);
        assertThat(get(published)).isEqualTo(Ack.SUCCESS);
    }

    @Test
    void subscribeAndUnsubscribeGoOutWithTheIdentifiersOfTheCaller() {
        connect();
        var subscribed = transport.subscribe(
                300, List.of(subscription("a/#", Qos.EXACTLY_ONCE), subscription("b/+", Qos.AT_MOST_ONCE)));
        assertThat(link.next(SUBSCRIBE, 300).body().contain(Bytes.text("a/#"))).isTrue();
        link.suback(300, 2, 0);
        assertThat(get(subscribed)).containsExactly(new Ack(2, null), new Ack(0, null));
        var unsubscribed = transport.unsubscribe(301, List.of(TopicFilter.of("a/#"), TopicFilter.of("b/+")));
        assertThat(link.next(UNSUBSCRIBE, 301).body().contain(Bytes.text("b/+")))
                .isTrue();
        link.unsuback(301, 0, 0x11);
        assertThat(get(unsubscribed)).extracting(Ack::isRefused).containsExactly(false, false);
    }

    @Test
    void answersFindTheirCallsWhateverTheirOrder() {
        connect();
        List<CompletableFuture<Ack>> published = new ArrayList<>();
        for (int packetId : new int[] {30, 10, 20}) {
            published.add(transport.publish(packetId, false, message("a", Qos.AT_LEAST_ONCE)));
            link.next(PUBLISH, packetId);
        }
        link.answer(PUBACK, 20);
        get(published.get(2));
        assertThat(published.get(0)).isNotDone();
        link.answer(PUBACK, 30);
        get(published.get(0));
        assertThat(published.get(1)).isNotDone();
        link.answer(PUBACK, 10);
        get(published.get(1));
    }

    @Test
    void anIdentifierIsFreeAgainWhenItsCallHasCompleted() {
        connect();
        for (int round = 0; round < 100; round++) {
            var subscribed = transport.subscribe(1, List.of(subscription("a", Qos.AT_LEAST_ONCE)));
            link.next(SUBSCRIBE, 1);
            link.suback(1, 1);
            get(subscribed);
            var published = transport.publish(1, false, message("a", Qos.AT_LEAST_ONCE));
            link.next(PUBLISH, 1);
            link.answer(PUBACK, 1);
            get(published);
            var twice = transport.publish(1, false, message("b", Qos.EXACTLY_ONCE));
            link.next(PUBLISH, 1);
            link.answer(PUBREC, 1);
            link.next(PUBREL, 1);
            link.answer(PUBCOMP, 1);
            get(twice);
        }
    }

    @Test
    void messagesOfQos0HaveNoIdentifierAndTakeNobodysToken() {
        connect();
        var first = transport.publish(1, false, message("kept", Qos.AT_LEAST_ONCE));
        link.next(PUBLISH, 1);
        for (int i = 0; i < 50; i++) {
            var sent = transport.publish(0, false, message("a", Qos.AT_MOST_ONCE));
            assertThat(link.next(PUBLISH, 0).qos()).isZero();
            assertThat(get(sent)).isEqualTo(Ack.SUCCESS);
        }
        assertThat(first).isNotDone();
        link.answer(PUBACK, 1);
        get(first);
    }

    @Test
    void anIdentifierThatDoesNotFitTheQosIsRefused() {
        connect();
        assertThat(failureOf(transport.publish(0, false, message("a", Qos.AT_LEAST_ONCE))))
                .isInstanceOf(ApsaraMqttException.class);
        assertThat(failureOf(transport.publish(5, false, message("a", Qos.AT_MOST_ONCE))))
                .isInstanceOf(ApsaraMqttException.class);
        awaitNothingSent();
    }

    // QoS 2

    @Test
    void aMessageOfQos2CompletesInTwoStepsAndTheFirstIsTold() {
        connect();
        var published = transport.publish(9, false, message("a", Qos.EXACTLY_ONCE));
        assertThat(link.next(PUBLISH, 9).qos()).isEqualTo(2);
        assertThat(inbox.publishReceived()).isEmpty();
        link.answer(PUBREC, 9);
        assertThat(inbox.nextPublishReceived()).isEqualTo(9);
        link.next(PUBREL, 9);
        assertThat(published).isNotDone();
        link.answer(PUBCOMP, 9);
        assertThat(get(published)).isEqualTo(Ack.SUCCESS);
        assertThat(inbox.publishReceived()).isEmpty();
    }

    @Test
    void aReleaseAloneCompletesAndTellsNoPubrec() {
        connect();
        for (int packetId = 1; packetId <= 20; packetId++) {
            var released = transport.release(packetId);
            link.next(PUBREL, packetId);
            assertThat(released).isNotDone();
            link.answer(PUBCOMP, packetId);
            assertThat(get(released)).isEqualTo(Ack.SUCCESS);
        }
        assertThat(inbox.publishReceived()).isEmpty();
        // Paho counted down what it never counted up: all the same, it sends and waits as ever.
        var published = transport.publish(1, false, message("a", Qos.EXACTLY_ONCE));
        link.next(PUBLISH, 1);
        link.answer(PUBREC, 1);
        link.next(PUBREL, 1);
        link.answer(PUBCOMP, 1);
        get(published);
        assertThat(inbox.nextPublishReceived()).isEqualTo(1);
    }

    @Test
    void aDuplicateIsMarkedAsOne() {
        connect();
        transport.publish(4, true, message("a", Qos.AT_LEAST_ONCE));
        assertThat(link.next(PUBLISH, 4).isDuplicate()).isTrue();
        transport.publish(5, true, message("a", Qos.EXACTLY_ONCE));
        assertThat(link.next(PUBLISH, 5).isDuplicate()).isTrue();
    }

    // Cuts

    @Test
    void cutBeforeThePubackTheCallFailsAndNothingIsSentAgainByItself() {
        connect();
        var published = transport.publish(3, false, message("a", Qos.AT_LEAST_ONCE));
        link.next(PUBLISH, 3);
        cut();
        assertThat(failureOf(published)).isInstanceOf(ConnectionLostException.class);
        connectAgain(true);
        awaitNothingSent();
        var again = transport.publish(3, true, message("a", Qos.AT_LEAST_ONCE));
        link.next(PUBLISH, 3);
        link.answer(PUBACK, 3);
        get(again);
    }

    @Test
    void cutBeforeThePubrecThePublishIsSentAgain() {
        connect();
        var published = transport.publish(3, false, message("a", Qos.EXACTLY_ONCE));
        link.next(PUBLISH, 3);
        cut();
        assertThat(failureOf(published)).isInstanceOf(ConnectionLostException.class);
        assertThat(inbox.publishReceived()).isEmpty();
        connectAgain(true);
        awaitNothingSent();
        var again = transport.publish(3, true, message("a", Qos.EXACTLY_ONCE));
        link.next(PUBLISH, 3);
        link.answer(PUBREC, 3);
        link.next(PUBREL, 3);
        link.answer(PUBCOMP, 3);
        get(again);
        assertThat(inbox.nextPublishReceived()).isEqualTo(3);
    }

    @Test
    void cutBeforeThePubcompThePubrelAloneIsSentAgain() {
        connect();
        var published = transport.publish(3, false, message("a", Qos.EXACTLY_ONCE));
        link.next(PUBLISH, 3);
        link.answer(PUBREC, 3);
        link.next(PUBREL, 3);
        cut();
        assertThat(failureOf(published)).isInstanceOf(ConnectionLostException.class);
        assertThat(inbox.nextPublishReceived()).isEqualTo(3);
        connectAgain(true);
        awaitNothingSent();
        var released = transport.release(3);
        link.next(PUBREL, 3);
        link.answer(PUBCOMP, 3);
        get(released);
        assertThat(inbox.publishReceived()).isEmpty();
    }

    @Test
    void everyOpenCallFailsWhenTheConnectionIsLost() {
        connect();
        List<CompletableFuture<?>> open = new ArrayList<>();
        open.add(transport.publish(1, false, message("a", Qos.AT_LEAST_ONCE)));
        open.add(transport.publish(2, false, message("a", Qos.EXACTLY_ONCE)));
        open.add(transport.release(3));
        open.add(transport.subscribe(4, List.of(subscription("a", Qos.AT_LEAST_ONCE))));
        open.add(transport.unsubscribe(5, List.of(TopicFilter.of("a"))));
        for (int i = 0; i < 5; i++) {
            link.next();
        }
        cut();
        assertThat(open).allSatisfy(call -> assertThat(failureOf(call)).isInstanceOf(ConnectionLostException.class));
        assertThat(failureOf(transport.publish(6, false, message("a", Qos.AT_LEAST_ONCE))))
                .isInstanceOf(ConnectionLostException.class);
    }

    // Refusals

    @Test
    void eachRefusedSubscriptionIsTold() {
        connect();
        var subscribed = transport.subscribe(
                1, List.of(subscription("a", Qos.AT_LEAST_ONCE), subscription("b", Qos.AT_LEAST_ONCE)));
        link.next(SUBSCRIBE, 1);
        link.suback(1, 1, 0x80);
        assertThat(get(subscribed)).extracting(Ack::isRefused).containsExactly(false, true);
    }

    @Test
    void answersThatDoNotMatchTheFiltersAreAFailure() {
        connect();
        var subscribed = transport.subscribe(
                1, List.of(subscription("a", Qos.AT_LEAST_ONCE), subscription("b", Qos.AT_LEAST_ONCE)));
        link.next(SUBSCRIBE, 1);
        link.suback(1, 1);
        assertThat(failureOf(subscribed))
                .isInstanceOf(ApsaraMqttException.class)
                .hasMessageContaining("answered 1 of 2 topic filters");
    }

    // Texts

    @ParameterizedTest
    @ValueSource(strings = {"报警：高（一）", "😀/a", "a/😀", "\uE000/\uE123", "ﷺ", "ü/ß"})
    void topicsOfAllOfUnicodeGoOut(String topic) {
        connect();
        transport.publish(1, false, io.apsaramqtt.mqtt.Message.of(topic, "x"));
        assertThat(link.next(PUBLISH, 1).topic()).isEqualTo(topic);
        transport.subscribe(2, List.of(subscription(topic, Qos.AT_LEAST_ONCE)));
        assertThat(link.next(SUBSCRIBE, 2).body().contain(Bytes.text(topic))).isTrue();
        transport.unsubscribe(3, List.of(TopicFilter.of(topic)));
        assertThat(link.next(UNSUBSCRIBE, 3).body().contain(Bytes.text(topic))).isTrue();
    }

    @Test
    void aControlCharacterFailsTheCallAndNotTheConnection() {
        connect();
        assertThat(failureOf(transport.publish(1, false, io.apsaramqtt.mqtt.Message.of("a\nb", "x"))))
                .isInstanceOf(ApsaraMqttException.class)
                .isNotInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("rokers drop the connection", "Remove");
        assertThat(failureOf(transport.subscribe(1, List.of(subscription("a\u0085", Qos.AT_LEAST_ONCE)))))
                .isInstanceOf(ApsaraMqttException.class)
                .isNotInstanceOf(ConnectionLostException.class);
        assertThat(failureOf(transport.unsubscribe(1, List.of(TopicFilter.of("\u007F")))))
                .isInstanceOf(ApsaraMqttException.class)
                .isNotInstanceOf(ConnectionLostException.class);
        awaitNothingSent();
        assertThat(inbox.losses()).isEmpty();
    }
}
