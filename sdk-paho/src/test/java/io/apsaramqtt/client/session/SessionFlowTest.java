package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.delivery.QueueFullException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The window of unacknowledged messages, and what a publish does when it is full. */
@InSeveralOrders
class SessionFlowTest {

    private final SessionFixture fixture;

    SessionFlowTest(long seed) {
        fixture = new SessionFixture(seed);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A publish on a thread of its own, which may have to wait. */
    private Thread publisher(String topic, CompletableFuture<CompletableFuture<Void>> result) {
        Thread thread = new Thread(() -> result.complete(fixture.session().publish(Message.of(topic, "x"))));
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(thread.isAlive()).as("the publish waits").isTrue();
            Thread.onSpinWait();
        }
    }

    @Test
    void aFullWindowMakesAPublishFailWhereThatIsChosen() {
        fixture.window = 2;
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/1");
        fixture.publish("alarms/2");
        assertThat(failureOf(fixture.publish("alarms/3")))
                .isInstanceOfSatisfying(
                        QueueFullException.class, e -> assertThat(e.waiting()).isEqualTo(2))
                .hasMessageContaining("Publish to 'alarms/3' found the window full with 2 messages; nothing was sent");
        transport.acknowledge();
        assertThat(fixture.publish("alarms/4")).isNotDone();
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms/1", "PUBLISH 2 alarms/2", "PUBLISH 3 alarms/4");
    }

    @Test
    void anUnwrittenMessageOfQos0TakesAPlaceToo() {
        fixture.window = 1;
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/1", Qos.AT_MOST_ONCE);
        assertThat(failureOf(fixture.publish("alarms/2", Qos.AT_MOST_ONCE))).isInstanceOf(QueueFullException.class);
        transport.acknowledge();
        assertThat(fixture.publish("alarms/3", Qos.AT_MOST_ONCE)).isNotDone();
    }

    @Test
    void aFullWindowMakesAPublishWaitForRoomByDefault() throws InterruptedException {
        fixture.flowControl = FlowControl.blocking();
        fixture.operationTimeout = Duration.ofSeconds(60);
        fixture.window = 1;
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/1");
        CompletableFuture<CompletableFuture<Void>> second = new CompletableFuture<>();
        Thread publisher = publisher("alarms/2", second);
        awaitWaiting(publisher);
        assertThat(transport.packets).hasSize(1);
        transport.acknowledge();
        publisher.join();
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms/1", "PUBLISH 2 alarms/2");
        transport.acknowledge();
        assertThat(second.join()).isCompleted();
    }

    @Test
    void whoWaitsForRoomWaitsNoLongerThanTheOperationTimeout() throws InterruptedException {
        fixture.flowControl = FlowControl.blocking();
        fixture.operationTimeout = Duration.ofMillis(20);
        fixture.window = 1;
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/1");
        CompletableFuture<CompletableFuture<Void>> second = new CompletableFuture<>();
        publisher("alarms/2", second).join();
        assertThat(failureOf(second.join()))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessage(
                        "Publish to 'alarms/2' found no room in the window of 1 unacknowledged messages, nothing was"
                                + " sent, within 20 ms");
        assertThat(transport.packets).hasSize(1);
    }

    @Test
    void whoWaitsForRoomIsToldThatTheConnectionIsLost() throws InterruptedException {
        fixture.flowControl = FlowControl.blocking();
        fixture.operationTimeout = Duration.ofSeconds(60);
        fixture.window = 1;
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/1");
        CompletableFuture<CompletableFuture<Void>> second = new CompletableFuture<>();
        Thread publisher = publisher("alarms/2", second);
        awaitWaiting(publisher);
        transport.lose();
        publisher.join();
        assertThat(failureOf(second.join()))
                .isInstanceOfSatisfying(
                        NotConnectedException.class,
                        e -> assertThat(e.state()).isEqualTo(ConnectionState.RECONNECTING));
    }

    @Test
    void whoWaitsForRoomIsToldThatTheClientCloses() throws InterruptedException {
        fixture.flowControl = FlowControl.blocking();
        fixture.operationTimeout = Duration.ofSeconds(60);
        fixture.window = 1;
        fixture.connected();
        fixture.publish("alarms/1");
        CompletableFuture<CompletableFuture<Void>> second = new CompletableFuture<>();
        Thread publisher = publisher("alarms/2", second);
        awaitWaiting(publisher);
        fixture.session().disconnect(Duration.ofSeconds(5), true);
        publisher.join();
        assertThat(failureOf(second.join()))
                .isInstanceOfSatisfying(
                        NotConnectedException.class, e -> assertThat(e.state()).isEqualTo(ConnectionState.CLOSED));
    }

    @Test
    void anInterruptionEndsTheWaitForRoom() throws InterruptedException {
        fixture.flowControl = FlowControl.blocking();
        fixture.operationTimeout = Duration.ofSeconds(60);
        fixture.window = 1;
        fixture.connected();
        fixture.publish("alarms/1");
        CompletableFuture<CompletableFuture<Void>> second = new CompletableFuture<>();
        Thread publisher = publisher("alarms/2", second);
        awaitWaiting(publisher);
        publisher.interrupt();
        publisher.join();
        assertThat(failureOf(second.join()))
                .isInstanceOf(ApsaraMqttException.class)
                .hasMessageContaining("nothing was sent");
    }

    @Test
    void whatFindsNoRoomIsQueuedUpToANumberOfMessages() {
        fixture.window = 1;
        fixture.flowControl = FlowControl.queueing(2, 1_000);
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> first = fixture.publish("alarms/1");
        CompletableFuture<Void> second = fixture.publish("alarms/2");
        CompletableFuture<Void> third = fixture.publish("alarms/3");
        assertThat(failureOf(fixture.publish("alarms/4")))
                .isInstanceOfSatisfying(
                        QueueFullException.class, e -> assertThat(e.waiting()).isEqualTo(2))
                .hasMessageContaining("found the queue full with 2 messages");
        assertThat(transport.packets).hasSize(1);
        assertThat(fixture.session().statistics().pending()).isEqualTo(3);
        assertThat(fixture.session().statistics().queued()).isEqualTo(2);
        transport.acknowledge();
        transport.acknowledge();
        transport.acknowledge();
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms/1", "PUBLISH 2 alarms/2", "PUBLISH 3 alarms/3");
        assertThat(CompletableFuture.allOf(first, second, third)).isCompleted();
    }

    @Test
    void whatFindsNoRoomIsQueuedUpToANumberOfBytes() {
        fixture.window = 1;
        fixture.flowControl = FlowControl.queueing(100, 10);
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/1");
        assertThat(fixture.publish(Message.of("alarms/2", "123456"))).isNotDone();
        assertThat(failureOf(fixture.publish(Message.of("alarms/3", "12345")))).isInstanceOf(QueueFullException.class);
        assertThat(fixture.publish(Message.of("alarms/4", "1234"))).isNotDone();
        transport.acknowledge();
        // The one that left the queue makes room for as many bytes.
        assertThat(fixture.publish(Message.of("alarms/5", "123456"))).isNotDone();
        assertThat(failureOf(fixture.publish("alarms/6"))).isInstanceOf(QueueFullException.class);
    }

    @Test
    void whileReconnectingAPublishFailsByDefault() {
        fixture.flowControl = FlowControl.blocking();
        fixture.connected().lose();
        assertThat(failureOf(fixture.publish("alarms/a")))
                .isInstanceOfSatisfying(
                        NotConnectedException.class,
                        e -> assertThat(e.state()).isEqualTo(ConnectionState.RECONNECTING));
    }

    @Test
    void whileReconnectingMessagesAreQueuedWhereThatIsChosen() {
        fixture.window = 1;
        fixture.flowControl = FlowControl.blocking().withQueuedWhileDisconnected(true);
        fixture.connected().lose();
        CompletableFuture<Void> first = fixture.publish("alarms/1");
        CompletableFuture<Void> second = fixture.publish("alarms/2");
        FakeTransport next = fixture.reconnected();
        assertThat(next.packets).containsExactly("PUBLISH 1 alarms/1");
        next.acknowledge();
        next.acknowledge();
        assertThat(CompletableFuture.allOf(first, second)).isCompleted();
    }

    @Test
    void theQueueIsForWhoWasConnectedOnce() {
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        assertThat(failureOf(fixture.publish("alarms/a"))).isInstanceOf(NotConnectedException.class);
        fixture.connect();
        assertThat(failureOf(fixture.publish("alarms/a"))).isInstanceOf(NotConnectedException.class);
    }

    @Test
    void whatIsQueuedIsBoundedWhileReconnectingToo() {
        fixture.flowControl = FlowControl.queueing(2, 1_000);
        FakeTransport first = fixture.connected();
        fixture.publish("alarms/1");
        first.lose();
        fixture.publish("alarms/2");
        assertThat(failureOf(fixture.publish("alarms/3"))).isInstanceOf(QueueFullException.class);
    }

    @Test
    void whatNeverFoundAConnectionSaysSo() {
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        fixture.connected().lose();
        CompletableFuture<Void> queued = fixture.publish("alarms/a");
        for (int i = 0; i < 5; i++) {
            fixture.reconnecting().unreachable();
        }
        assertThat(failureOf(queued))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageStartingWith("Publish to 'alarms/a' found no connection or no room within 30000 ms");
        assertThat(fixture.reconnected().packets).isEmpty();
        fixture.assertState(ConnectionState.CONNECTED);
    }

    @Test
    void noMoreIsInFlightThanTheBrokerSays() {
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        fixture.connect();
        FakeTransport transport = fixture.engine.next();
        transport.accept(false, 2);
        for (int i = 1; i <= 4; i++) {
            fixture.publish("alarms/" + i);
        }
        assertThat(transport.packets).hasSize(2);
        transport.acknowledge();
        assertThat(transport.packets).hasSize(3);
    }

    @Test
    void theWindowIsNoLargerThanTheBrokerSays() {
        fixture.connect();
        FakeTransport transport = fixture.engine.next();
        transport.accept(false, 2);
        fixture.publish("alarms/1");
        fixture.publish("alarms/2");
        assertThat(failureOf(fixture.publish("alarms/3")))
                .isInstanceOfSatisfying(
                        QueueFullException.class, e -> assertThat(e.waiting()).isEqualTo(2));
        transport.acknowledge();
        transport.acknowledge();
        transport.lose();
        FakeTransport wider = fixture.reconnected();
        for (int i = 0; i < 100; i++) {
            fixture.publish("alarms/" + i);
        }
        assertThat(wider.packets).hasSize(100);
        assertThat(failureOf(fixture.publish("alarms/100"))).isInstanceOf(QueueFullException.class);
    }
}
