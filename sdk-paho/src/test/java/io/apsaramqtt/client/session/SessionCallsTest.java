package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.client.Threads;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.session.FakeTransport.Sent;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRuleException.Rule;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionCallsTest {

    private final SessionFixture fixture = new SessionFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private CompletableFuture<Void> publish(String text) {
        return fixture.session().publish(SessionFixture.message("alarms/a", text));
    }

    @Test
    void aRefusedPublishFails() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = publish("x");
        FakeTransport.next(transport.published).answer().complete(new Ack(0x87, "no such permission"));
        assertThat(failureOf(published))
                .isInstanceOfSatisfying(
                        OperationRefusedException.class,
                        e -> assertThat(e.reasonCode()).isEqualTo(0x87))
                .hasMessage("The broker refused to publish to 'alarms/a' with reason code 0x87 (not authorized), saying"
                        + " \"no such permission\"");
    }

    @Test
    void whateverAFutureFailsWithIsGivenToItsCallbacksUnwrapped() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Throwable> given = new CompletableFuture<>();
        publish("x").whenComplete((done, failure) -> given.complete(failure));
        FakeTransport.next(transport.published).answer().complete(new Ack(0x87, null));
        assertThat(Futures.get(given)).isInstanceOf(OperationRefusedException.class);

        CompletableFuture<Throwable> subscribe = new CompletableFuture<>();
        fixture.session()
                .subscribe(TopicFilter.of("alarms/#"), Qos.AT_LEAST_ONCE, message -> {})
                .whenComplete((done, failure) -> subscribe.complete(failure));
        FakeTransport.next(transport.subscribed).answer().complete(List.of(new Ack(0x80, null)));
        assertThat(Futures.get(subscribe)).isInstanceOf(OperationRefusedException.class);
    }

    @Test
    void aRefusedSubscribeFailsAndIsForgotten() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> subscribed =
                fixture.session().subscribe(TopicFilter.of("alarms/#"), Qos.AT_LEAST_ONCE, message -> {});
        FakeTransport.next(transport.subscribed).answer().complete(List.of(new Ack(0x80, null)));
        assertThat(failureOf(subscribed))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageStartingWith("The broker refused to subscribe to 'alarms/#' with reason code 0x80");
        transport.lose("of a test");
        FakeTransport next = fixture.engine.nextAccepted();
        fixture.awaitConnects(2);
        assertThat(next.subscribed).isEmpty();
    }

    @Test
    void aSubscribeThatFailsLeavesTheListenerThatWasThere() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        Inbox first = new Inbox();
        Inbox second = new Inbox();
        fixture.subscribe(transport, "alarms/#", first);
        CompletableFuture<Void> again =
                fixture.session().subscribe(TopicFilter.of("alarms/#"), Qos.EXACTLY_ONCE, second);
        FakeTransport.next(transport.subscribed).answer().complete(List.of(new Ack(0x80, null)));
        failureOf(again);
        transport.listener.received(SessionFixture.message("alarms/a", "x"));
        assertThat(first.next().text()).isEqualTo("x");
        assertThat(second.rest()).isEmpty();
    }

    @Test
    void whatTheBrokerDoesNotAcknowledgeFailsInTime() throws InterruptedException {
        fixture.operationTimeout = Duration.ofMillis(30);
        fixture.connected();
        assertThat(failureOf(publish("x")))
                .isInstanceOfSatisfying(
                        OperationTimeoutException.class,
                        e -> assertThat(e.timeout()).isEqualTo(Duration.ofMillis(30)))
                .hasMessage("Publish to 'alarms/a' was not acknowledged within 30 ms");
        assertThat(failureOf(fixture.session().subscribe(TopicFilter.of("alarms/a"), Qos.AT_LEAST_ONCE, message -> {})))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("alarms/a");
        assertThat(failureOf(fixture.session().unsubscribe(TopicFilter.of("alarms/a"))))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessage("Unsubscribe from 'alarms/a' was not acknowledged within 30 ms");
    }

    @Test
    void noMoreThanTheWindowIsUnacknowledgedAtATime() throws InterruptedException {
        fixture.window = 10;
        FakeTransport transport = fixture.connected();
        int messages = 2_000;
        AtomicInteger most = new AtomicInteger();
        Thread broker = new Thread(() -> {
            try {
                for (int i = 0; i < messages; i++) {
                    Sent<Message, Ack> next = FakeTransport.next(transport.published);
                    // What is queued and this one are all that was sent and not acknowledged.
                    most.accumulateAndGet(transport.published.size() + 1, Math::max);
                    next.answer().complete(Ack.SUCCESS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        broker.start();
        List<CompletableFuture<Void>> published =
                IntStream.range(0, messages).mapToObj(i -> publish("x" + i)).toList();
        published.forEach(Futures::get);
        broker.join();
        assertThat(most.get()).isBetween(1, 10);
    }

    @Test
    void theWindowIsNoLargerThanTheBrokerSays() throws InterruptedException {
        fixture.operationTimeout = Duration.ofMillis(50);
        var connecting = fixture.session().connect();
        FakeTransport transport = fixture.engine.next();
        transport.connect.complete(new ConnectAck(false, 2));
        connecting.join();
        publish("1");
        publish("2");
        assertThat(failureOf(publish("3")))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("no room in the window of 2 unacknowledged messages; nothing was sent");
        assertThat(transport.published).hasSize(2);
        // An answer makes room even though nobody waits for it any more.
        FakeTransport.next(transport.published).answer().complete(Ack.SUCCESS);
        publish("4");
        assertThat(transport.published).hasSize(2);
    }

    @Test
    void whoWaitsForRoomIsToldOfTheLoss() throws InterruptedException {
        fixture.window = 1;
        FakeTransport transport = fixture.connected();
        publish("1");
        CompletableFuture<Throwable> waiting = new CompletableFuture<>();
        Thread publisher = new Thread(() -> waiting.complete(failureOf(publish("2"))));
        publisher.start();
        await().until(() -> publisher.getState() == Thread.State.TIMED_WAITING);
        transport.lose("of a test");
        assertThat(Futures.get(waiting))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("of a test");
    }

    @Test
    void whatBreaksARuleIsNotSent() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        assertThat(failureOf(fixture.session()
                        .publish(SessionFixture.message("alarms/a", "x").withRetained(true))))
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.RETAINED_MESSAGE));
        assertThat(failureOf(fixture.session()
                        .subscribe(TopicFilter.of("$share/g/alarms"), Qos.AT_LEAST_ONCE, message -> {})))
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.SHARED_SUBSCRIPTION));
        assertThat(transport.published).isEmpty();
        assertThat(transport.subscribed).isEmpty();
    }

    @Test
    void theThirtyFirstSubscriptionIsRefusedUntilOneIsGivenUp() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        for (int i = 0; i < 30; i++) {
            fixture.subscribe(transport, "alarms/" + i, new Inbox());
        }
        assertThat(failureOf(
                        fixture.session().subscribe(TopicFilter.of("alarms/30"), Qos.AT_LEAST_ONCE, message -> {})))
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.SUBSCRIPTIONS))
                .hasMessageContaining("would be subscription 31 of this client");
        assertThat(transport.subscribed).isEmpty();
        CompletableFuture<Void> gone = fixture.session().unsubscribe(TopicFilter.of("alarms/0"));
        FakeTransport.next(transport.unsubscribed).answer().complete(null);
        Futures.get(gone);
        fixture.subscribe(transport, "alarms/30", new Inbox());
    }

    @Test
    void unsubscribingWhileNotConnectedOnlyForgets() throws InterruptedException {
        FakeTransport first = fixture.connected();
        fixture.subscribe(first, "alarms/a", new Inbox());
        first.lose("of a test");
        FakeTransport second = fixture.engine.next();
        Futures.get(fixture.session().unsubscribe(TopicFilter.of("alarms/a")));
        second.accept();
        fixture.awaitConnects(2);
        assertThat(second.subscribed).isEmpty();
        assertThat(second.unsubscribed).isEmpty();
    }

    @Test
    void closingWaitsForWhatIsPending() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = publish("x");
        Thread closing = new Thread(fixture.session()::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.WAITING);
        assertThat(transport.disconnected.getCount()).isEqualTo(1);
        FakeTransport.next(transport.published).answer().complete(Ack.SUCCESS);
        closing.join();
        Futures.get(published);
        assertThat(transport.disconnected.getCount()).isZero();
        assertThat(transport.isClosed()).isTrue();
    }

    @Test
    void closingFailsWhatIsStillPendingInTheEnd() throws InterruptedException {
        fixture.operationTimeout = Duration.ofMillis(100);
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = publish("x");
        fixture.session().close();
        assertThat(published).isCompletedExceptionally();
        assertThat(transport.isClosed()).isTrue();
        assertThat(failureOf(publish("y"))).isInstanceOf(NotConnectedException.class);
        await().untilAsserted(() -> assertThat(Threads.of(fixture.clientId)).isEmpty());
    }

    @Test
    void closingWhileAListenerRunsWaitsForIt() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        fixture.subscribe(transport, "alarms/a", message -> {
            entered.countDown();
            leave.await();
            done.incrementAndGet();
        });
        transport.listener.received(SessionFixture.message("alarms/a", "x"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(fixture.session()::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        leave.countDown();
        closing.join();
        assertThat(done).hasValue(1);
    }

    @Test
    void twoThreadsThatWaitGetAnExceptionEach() throws InterruptedException {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> first = publish("1");
        CompletableFuture<Void> second = publish("2");
        transport.lose("of a test");
        assertThat(failureOf(first)).isNotSameAs(failureOf(second));
    }
}
