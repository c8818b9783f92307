package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.delivery.Undelivered;
import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a connection ends in order, and what is left then. */
@InSeveralOrders
class SessionCloseTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final SessionFixture fixture;

    SessionCloseTest(long seed) {
        fixture = new SessionFixture(seed);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Undelivered now(CompletableFuture<Undelivered> farewell) {
        assertThat(farewell).isCompleted();
        return farewell.join();
    }

    @Test
    void disconnectingWaitsForWhatIsPendingAndSaysGoodbye() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        CompletableFuture<Undelivered> farewell = fixture.disconnect(LIMIT);
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms/a");
        transport.acknowledge();
        assertThat(published).isCompleted();
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms/a", "DISCONNECT");
        assertThat(transport.isClosed()).isFalse();
        assertThat(farewell).isNotDone();
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(transport.isClosed()).isTrue();
        assertThat(now(farewell).isEmpty()).isTrue();
        fixture.assertState(ConnectionState.DISCONNECTED);
        assertThat(fixture.connections.told()).containsExactly("connected");
    }

    @Test
    void disconnectingWaitsForWhatWasPublishedTheMomentThatNothingWasPending() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> last = fixture.publish("alarms/0");
        for (int i = 1; i <= 5; i++) {
            String next = "alarms/" + i;
            // Published by whoever waited for the one before, which leaves nothing pending for that moment.
            last = last.thenCompose(done -> fixture.session().publish(Message.of(next, "x")));
            transport.acknowledge();
        }
        CompletableFuture<Undelivered> farewell = fixture.disconnect(LIMIT);
        assertThat(transport.packets).endsWith("PUBLISH 6 alarms/5");
        transport.acknowledge();
        assertThat(last).isCompleted();
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(now(farewell).isEmpty()).isTrue();
    }

    @Test
    void whatIsStillPendingInTheEndFailsAndIsReported() {
        fixture.operationTimeout = Duration.ofSeconds(20);
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        CompletableFuture<Void> subscribing = fixture.subscribe("alarms/b");
        CompletableFuture<Undelivered> farewell = fixture.disconnect(LIMIT);
        fixture.pass(Duration.ofMillis(4_999));
        assertThat(published).isNotDone();
        assertThat(transport.packets).doesNotContain("DISCONNECT");
        fixture.pass(Duration.ofMillis(1));
        assertThat(transport.packets).endsWith("DISCONNECT");
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(now(farewell).unacknowledged())
                .extracting(each -> each.topic().value())
                .containsExactly("alarms/a");
        assertThat(failureOf(published))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining(
                        "Publish to 'alarms/a' was not acknowledged before this side ended the connection");
        assertThat(failureOf(subscribing))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("Subscribe to 'alarms/b' was not acknowledged before this side ended");
        assertThat(fixture.session().subscribed()).isEmpty();
        assertThat(fixture.session().statistics().pending()).isZero();
    }

    @Test
    void aBrokerThatDoesNotTakeTheGoodbyeIsLeftInTime() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Undelivered> farewell = fixture.disconnect(LIMIT);
        fixture.pass(Duration.ofMillis(4_999));
        assertThat(farewell).isNotDone();
        fixture.pass(Duration.ofMillis(1));
        assertThat(farewell).isCompleted();
        assertThat(transport.isClosed()).isTrue();
    }

    @Test
    void aGoodbyeThatFailsFreesTheConnectionToo() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Undelivered> farewell = fixture.disconnect(LIMIT);
        transport.disconnect.completeExceptionally(new IllegalStateException("of a test"));
        fixture.run();
        assertThat(farewell).isCompleted();
        assertThat(transport.isClosed()).isTrue();
    }

    @Test
    void afterADisconnectTheClientMayConnectAgainAndSubscribesAgain() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        CompletableFuture<Undelivered> farewell = fixture.disconnect(LIMIT);
        first.disconnect.complete(null);
        fixture.run();
        assertThat(farewell).isCompleted();
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport second = fixture.engine.nextAccepted();
        assertThat(second.packets).containsExactly("SUBSCRIBE 2 [alarms/a]");
        second.grant(1);
        assertThat(connecting).isCompleted();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        second.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void afterTheEndNothingIsTaken() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Undelivered> farewell = fixture.closeForGood(LIMIT);
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(farewell).isCompleted();
        fixture.assertState(ConnectionState.CLOSED);
        assertThat(failureOf(fixture.publish("alarms/a")))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("closed; build a new one");
        assertThat(failureOf(fixture.subscribe("alarms/a"))).isInstanceOf(NotConnectedException.class);
        assertThat(failureOf(fixture.connect())).isInstanceOf(NotConnectedException.class);
        assertThat(fixture.unsubscribe("alarms/a")).isCompleted();
        assertThat(transport.packets).containsExactly("DISCONNECT");
    }

    @Test
    void whileTheClientClosesNothingIsTaken() {
        fixture.connected();
        fixture.publish("alarms/a");
        fixture.closeForGood(LIMIT);
        assertThat(failureOf(fixture.publish("alarms/b")))
                .isInstanceOfSatisfying(
                        NotConnectedException.class, e -> assertThat(e.state()).isEqualTo(ConnectionState.CLOSED));
        assertThat(failureOf(fixture.subscribe("alarms/b"))).isInstanceOf(NotConnectedException.class);
    }

    @Test
    void aClientThatNeverConnectedClosesAtOnce() {
        assertThat(now(fixture.closeForGood(LIMIT)).isEmpty()).isTrue();
        fixture.assertState(ConnectionState.CLOSED);
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void closingWhileReconnectingWaitsForTheConnectionAndDrains() {
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        first.lose();
        CompletableFuture<Undelivered> farewell = fixture.closeForGood(LIMIT);
        FakeTransport second = fixture.reconnected();
        second.acknowledge();
        assertThat(published).isCompleted();
        second.disconnect.complete(null);
        fixture.run();
        assertThat(now(farewell).isEmpty()).isTrue();
    }

    @Test
    void whatIsQueuedWhileReconnectingIsReportedWhereNoConnectionComes() {
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        fixture.connected().lose();
        CompletableFuture<Void> queued = fixture.publish("alarms/a");
        CompletableFuture<Undelivered> farewell = fixture.closeForGood(Duration.ofMillis(100));
        fixture.pass(Duration.ofMillis(100));
        assertThat(now(farewell).unacknowledged()).hasSize(1);
        assertThat(failureOf(queued))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageStartingWith("Cannot publish to 'alarms/a': the client is closed");
        fixture.pass(SessionFixture.LONG);
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void aListenerThatIsAtWorkIsWaitedFor() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Undelivered> farewell = new CompletableFuture<>();
        fixture.subscribed(transport, "alarms/a", message -> {
            fixture.disconnect(LIMIT).thenAccept(farewell::complete);
            assertThat(farewell).isNotDone();
            assertThat(transport.packets).doesNotContain("DISCONNECT");
        });
        transport.send(7, Message.of("alarms/a", "x").withQos(Qos.AT_LEAST_ONCE));
        assertThat(transport.packets).endsWith("PUBACK 7", "DISCONNECT");
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(now(farewell).isEmpty()).isTrue();
    }

    @Test
    void whatNoListenerHasHandledInTimeIsReported() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Undelivered> farewell = new CompletableFuture<>();
        fixture.subscribed(transport, "alarms/a", message -> {
            // A listener that waits for the end of its own client: it is left behind when the limit is over.
            fixture.closeForGood(LIMIT).thenAccept(farewell::complete);
            fixture.pass(LIMIT);
            assertThat(transport.packets).endsWith("DISCONNECT");
            transport.disconnect.complete(null);
            fixture.run();
            assertThat(farewell).isCompleted();
        });
        transport.send(7, Message.of("alarms/a", "x").withQos(Qos.AT_LEAST_ONCE));
        assertThat(now(farewell).unhandled()).extracting(Message::text).containsExactly("x");
        assertThat(transport.packets).doesNotContain("PUBACK 7");
    }

    @Test
    void whatWasSentOnAnEarlierConnectionMayHaveArrived() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        transport.lose();
        fixture.reconnecting().accept();
        fixture.engine.created.clear();
        fixture.closeForGood(Duration.ZERO);
        fixture.pass(LIMIT);
        assertThat(failureOf(published))
                .isInstanceOf(ConnectionLostException.class)
                .hasCauseInstanceOf(ConnectionLostException.class);
    }

    @Test
    void whatFailedBeforeIsNotReportedAgain() {
        fixture.keepsSession();
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> expired = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        fixture.pass(Duration.ofSeconds(30));
        assertThat(expired).isCompletedExceptionally();
        assertThat(transport.isClosed()).isTrue();
        assertThat(fixture.session().statistics().pending()).isEqualTo(1);
        CompletableFuture<Undelivered> farewell = fixture.disconnect(Duration.ZERO);
        fixture.pass(Duration.ZERO);
        assertThat(now(farewell).isEmpty()).isTrue();
        assertThat(fixture.session().statistics().pending()).isZero();
    }

    @Test
    void whatIsAcknowledgedWhileTheGoodbyeIsSaidIsDelivered() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        CompletableFuture<Undelivered> farewell = fixture.disconnect(Duration.ZERO);
        fixture.pass(Duration.ZERO);
        assertThat(transport.packets).endsWith("DISCONNECT");
        transport.acknowledge();
        assertThat(published).isCompleted();
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(now(farewell).isEmpty()).isTrue();
    }

    @Test
    void nothingLeavesBehindTheGoodbye() {
        fixture.window = 1;
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        CompletableFuture<Void> queued = fixture.publish("alarms/b");
        CompletableFuture<Void> subscribed = fixture.subscribe("alarms/c");
        CompletableFuture<Void> waiting = fixture.subscribe("alarms/d");
        fixture.disconnect(Duration.ZERO);
        fixture.pass(Duration.ZERO);
        fixture.unsubscribe("alarms/c");
        transport.acknowledge();
        transport.grant(1);
        assertThat(published).isCompleted();
        assertThat(subscribed).isCompleted();
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms/a", "SUBSCRIBE 2 [alarms/c]", "DISCONNECT");
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(failureOf(queued)).isInstanceOf(NotConnectedException.class);
        assertThat(failureOf(waiting)).isInstanceOf(ConnectionLostException.class);

        FakeTransport next = fixture.connected();
        assertThat(fixture.publish("alarms/a")).isNotDone();
        assertThat(next.packets).containsExactly("PUBLISH 3 alarms/a");
    }

    @Test
    void aLossThatTheGoodbyeBringsAboutIsNone() {
        FakeTransport transport = fixture.connected();
        fixture.disconnect(LIMIT);
        transport.lose();
        transport.disconnect.complete(null);
        fixture.run();
        fixture.assertState(ConnectionState.DISCONNECTED);
        assertThat(fixture.connections.told()).containsExactly("connected");
        fixture.pass(SessionFixture.LONG);
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void aLossWhileListenersAreWaitedForDoesNotBringTheClientBack() {
        FakeTransport transport = fixture.connected();
        List<Acknowledgment> held = new ArrayList<>();
        fixture.done(fixture.session()
                .subscribe(
                        TopicFilter.of("alarms/a"),
                        Qos.AT_LEAST_ONCE,
                        Receiver.of(
                                (message, acknowledgment) -> held.add(acknowledgment), ListenerOptions.defaults())));
        transport.grant(1);
        transport.send(7, Message.of("alarms/a", "x").withQos(Qos.AT_LEAST_ONCE));
        CompletableFuture<Undelivered> farewell = fixture.closeForGood(LIMIT);
        assertThat(farewell).isNotDone();
        // Nothing can be acknowledged any more, so nothing is waited for.
        transport.lose();
        assertThat(farewell).isCompleted();
        fixture.assertState(ConnectionState.CLOSED);
        assertThat(fixture.delays).hasSize(1);
        fixture.pass(SessionFixture.LONG);
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void theEndOfADisconnectIsToldUnderNoLock() {
        FakeTransport transport = fixture.connected();
        fixture.done(fixture.session()
                .subscribe(
                        TopicFilter.of("alarms/a"),
                        Qos.AT_LEAST_ONCE,
                        Receiver.of((message, acknowledgment) -> {}, ListenerOptions.defaults())));
        transport.grant(1);
        transport.send(7, Message.of("alarms/a", "x").withQos(Qos.AT_LEAST_ONCE));
        CompletableFuture<ConnectionState> seenByAnother = fixture.disconnect(LIMIT)
                .thenApply(left -> {
                    CompletableFuture<SessionStatistics> other = CompletableFuture.supplyAsync(
                            () -> fixture.session().statistics());
                    Futures.get(other);
                    return fixture.session().state();
                });
        transport.lose();
        transport.disconnect.complete(null);
        fixture.pass(LIMIT);
        assertThat(seenByAnother).isCompletedWithValue(ConnectionState.DISCONNECTED);
    }

    @Test
    void aClosedClientStaysClosedWhateverIsAskedOfIt() {
        fixture.closeForGood(LIMIT);
        assertThat(now(fixture.disconnect(LIMIT)).isEmpty()).isTrue();
        fixture.assertState(ConnectionState.CLOSED);
        assertThat(failureOf(fixture.connect())).isInstanceOf(NotConnectedException.class);
    }

    @Test
    void whoDisconnectsMeanwhileGetsTheSameEndAndTheShorterLimit() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        CompletableFuture<Undelivered> first = fixture.disconnect(Duration.ofHours(1));
        CompletableFuture<Undelivered> second = fixture.disconnect(LIMIT);
        fixture.pass(LIMIT);
        assertThat(transport.packets).containsOnlyOnce("DISCONNECT");
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(now(first)).isEqualTo(now(second));
        assertThat(now(first).unacknowledged()).hasSize(1);
        assertThat(published).isCompletedExceptionally();
    }

    @Test
    void aCloseDuringADisconnectMakesItOneForGood() {
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/a");
        CompletableFuture<Undelivered> disconnecting = fixture.disconnect(LIMIT);
        CompletableFuture<Undelivered> closing = fixture.closeForGood(LIMIT);
        transport.acknowledge();
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(disconnecting).isCompleted();
        assertThat(closing).isCompleted();
        fixture.assertState(ConnectionState.CLOSED);
    }

    @Test
    void aCloseDuringTheGoodbyeMakesItOneForGood() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Undelivered> disconnecting = fixture.disconnect(LIMIT);
        assertThat(transport.packets).containsExactly("DISCONNECT");
        fixture.closeForGood(LIMIT);
        transport.disconnect.complete(null);
        fixture.run();
        assertThat(disconnecting).isCompleted();
        fixture.assertState(ConnectionState.CLOSED);
    }

    @Test
    void aConnectDuringADisconnectComesAfterIt() {
        FakeTransport first = fixture.connected();
        fixture.disconnect(LIMIT);
        CompletableFuture<Void> connecting = fixture.connect();
        assertThat(connecting).isNotDone();
        assertThat(fixture.engine.created).isEmpty();
        first.disconnect.complete(null);
        fixture.run();
        fixture.engine.nextAccepted();
        assertThat(connecting).isCompleted();
        fixture.assertState(ConnectionState.CONNECTED);
    }

    @Test
    void aConnectDuringACloseFails() {
        FakeTransport first = fixture.connected();
        fixture.closeForGood(LIMIT);
        CompletableFuture<Void> connecting = fixture.connect();
        first.disconnect.complete(null);
        fixture.run();
        assertThat(failureOf(connecting)).isInstanceOf(NotConnectedException.class);
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void whileTheClientDisconnectsACallIsToldToConnectFirst() {
        fixture.connected();
        fixture.disconnect(LIMIT);
        assertThat(failureOf(fixture.publish("alarms/b")))
                .isInstanceOfSatisfying(
                        NotConnectedException.class,
                        e -> assertThat(e.state()).isEqualTo(ConnectionState.DISCONNECTED));
    }

    @Test
    void aSubscribeThatTheDisconnectCutOffDoesNotStopTheNextOnes() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        CompletableFuture<Void> cutOff = fixture.subscribe("alarms/b");
        fixture.disconnect(Duration.ZERO);
        fixture.pass(Duration.ZERO);
        first.disconnect.complete(null);
        fixture.run();
        assertThat(cutOff).isCompletedExceptionally();
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport second = fixture.engine.nextAccepted();
        assertThat(second.packets).containsExactly("SUBSCRIBE 3 [alarms/a]");
        second.grant(1);
        assertThat(connecting).isCompleted();
        fixture.subscribed(second, "alarms/b");
    }

    @Test
    void messagesComeAgainAfterADisconnectAndAConnect() {
        FakeTransport first = fixture.connected();
        Inbox inbox = new Inbox();
        fixture.subscribed(first, "alarms/a", inbox);
        first.send(1, Message.of("alarms/a", "before"));
        fixture.disconnect(LIMIT);
        first.disconnect.complete(null);
        fixture.run();
        fixture.connect();
        FakeTransport second = fixture.engine.nextAccepted();
        second.grant(1);
        second.send(2, Message.of("alarms/a", "after").withQos(Qos.AT_LEAST_ONCE));
        assertThat(inbox.rest()).extracting(Message::text).containsExactly("before", "after");
        assertThat(second.packets).endsWith("PUBACK 2");
        assertThat(fixture.session().statistics().inbound().delivered()).isEqualTo(2);
        assertThat(fixture.session().statistics().inbound().received()).isEqualTo(2);
    }
}
