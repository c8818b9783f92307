package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.runtime.ThreadRuntime;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** On real threads: the test's is the engine's. */
class InboundThreadsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int TOPICS = 20;
    private static final int MESSAGES = 2_000;
    private static final List<Integer> IDS =
            IntStream.rangeClosed(1, MESSAGES).boxed().toList();

    private final ThreadRuntime runtime = new ThreadRuntime("GID_a@@@inbound");
    private final ExecutorService others = Executors.newFixedThreadPool(3);
    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    private final Inbound inbound = new Inbound(
            new InboundSettings(MqttVersion.V5, 4, 50, LONG, LONG),
            topic -> List.copyOf(receivers),
            letter -> CompletableFuture.completedFuture(null),
            runtime);
    private final List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() {
        runtime.close(LONG);
        others.shutdownNow();
    }

    private static Message message(int id) {
        return Message.of("alarms/" + id % TOPICS, Integer.toString(id));
    }

    /** Takes messages, and notes what comes out of order, twice, or beside another of its topic. */
    private void listenClosely() {
        Map<TopicName, Integer> last = new ConcurrentHashMap<>();
        Set<TopicName> inWork = ConcurrentHashMap.newKeySet();
        receivers.add(Receiver.of(
                message -> {
                    int number = Integer.parseInt(message.text());
                    Integer before = last.put(message.topic(), number);
                    if (!inWork.add(message.topic()) || (before != null && before != number - TOPICS)) {
                        wrong.add(number + " after " + before);
                    }
                    Thread.onSpinWait();
                    inWork.remove(message.topic());
                },
                ListenerOptions.defaults()));
    }

    @RepeatedTest(10)
    void messagesComeInOrderAndAreAcknowledgedInOrder() {
        listenClosely();
        receivers.add(Receiver.of(
                (message, acknowledgment) -> others.execute(acknowledgment::acknowledge), ListenerOptions.defaults()));
        AtomicInteger overruns = new AtomicInteger();
        Intake intake = inbound.open(acknowledged::add, overruns::incrementAndGet);
        for (int id : IDS) {
            intake.received(id, message(id));
            assertThat(inbound.statistics().waiting()).isLessThanOrEqualTo(50);
        }
        assertThat(Futures.get(inbound.drain(LONG))).isEmpty();
        assertThat(wrong).isEmpty();
        assertThat(acknowledged).isEqualTo(IDS);
        assertThat(overruns).hasValue(0);
        assertThat(inbound.statistics()).isEqualTo(new InboundStatistics(0, MESSAGES, 2L * MESSAGES, 0, 0, 0, 0, 0));
    }

    /** A broker's side of a session whose connection is lost every now and then. */
    private final class Session {

        private final Map<Integer, Message> unacknowledged = new TreeMap<>();
        private final List<Integer> awaited = new ArrayList<>();
        private int connection;

        private synchronized void acknowledge(int number, int id) {
            if (number != connection) {
                return;
            }
            if (awaited.isEmpty() || awaited.remove(0) != id) {
                wrong.add("acknowledged out of order: " + id);
            }
            unacknowledged.remove(id);
        }

        private synchronized void await(int id) {
            awaited.add(id);
        }

        Intake open() {
            int number;
            List<Message> again;
            synchronized (this) {
                number = ++connection;
                awaited.clear();
                again = List.copyOf(unacknowledged.values());
            }
            Intake intake = inbound.open(id -> acknowledge(number, id), () -> wrong.add("overrun"));
            again.forEach(message -> send(intake, message.withDuplicate(true)));
            return intake;
        }

        void publish(Intake intake, Message message) {
            synchronized (this) {
                unacknowledged.put(Integer.parseInt(message.text()), message);
            }
            send(intake, message);
        }

        private void send(Intake intake, Message message) {
            int id = Integer.parseInt(message.text());
            await(id);
            intake.received(id, message);
        }
    }

    @RepeatedTest(10)
    void whateverIsLostWithAConnectionIsAcknowledgedOnALaterOne() {
        Set<String> taken = ConcurrentHashMap.newKeySet();
        receivers.add(Receiver.of(message -> taken.add(message.text()), ListenerOptions.defaults()));
        receivers.add(Receiver.of(
                (message, acknowledgment) -> others.execute(acknowledgment::acknowledge), ListenerOptions.defaults()));
        Session session = new Session();
        Intake intake = session.open();
        for (int id : IDS) {
            session.publish(intake, message(id));
            if (id % 50 == 0) {
                intake.close();
                intake = session.open();
            }
        }
        assertThat(Futures.get(inbound.drain(LONG))).isEmpty();
        assertThat(wrong).isEmpty();
        assertThat(taken).hasSize(MESSAGES);
        synchronized (session) {
            assertThat(session.unacknowledged).isEmpty();
        }
    }

    @Test
    void aListenerMayWaitForAMessageOfAnotherTopic() {
        CountDownLatch other = new CountDownLatch(1);
        receivers.add(Receiver.of(
                message -> {
                    if (message.text().equals("waits")) {
                        other.await();
                    } else {
                        other.countDown();
                    }
                },
                ListenerOptions.defaults()));
        Intake intake = inbound.open(acknowledged::add, () -> {});
        intake.received(1, Message.of("alarms/a", "waits"));
        intake.received(2, Message.of("alarms/b", "goes"));
        assertThat(Futures.get(inbound.drain(LONG))).isEmpty();
        assertThat(acknowledged).containsExactly(1, 2);
    }

    @Test
    void aListenerThatFailsIsCalledAgainOnAWorker() {
        CompletableFuture<String> second = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        receivers.add(Receiver.of(
                message -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("planted");
                    }
                    second.complete(Thread.currentThread().getName());
                },
                ListenerOptions.defaults().withRetry(2, Duration.ofMillis(1), Duration.ofMillis(1))));
        try (Logged logged = new Logged()) {
            inbound.open(acknowledged::add, () -> {}).received(1, Message.of("alarms/a", "x"));
            assertThat(Futures.get(second)).startsWith("apsara-mqtt-worker-GID_a@@@inbound-");
            assertThat(Futures.get(inbound.drain(LONG))).isEmpty();
            assertThat(logged.at(Level.WARN)).singleElement().asString().contains("attempt 1 of 2");
        }
        assertThat(acknowledged).containsExactly(1);
    }

    @Test
    void theDrainEndsThoughAListenerDoesNot() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        receivers.add(Receiver.of(
                message -> {
                    begun.countDown();
                    release.await();
                },
                ListenerOptions.defaults()));
        Intake intake = inbound.open(acknowledged::add, () -> {});
        intake.received(0, Message.of("alarms/a", "in hand").withQos(Qos.AT_MOST_ONCE));
        intake.received(0, Message.of("alarms/a", "waiting").withQos(Qos.AT_MOST_ONCE));
        begun.await();
        assertThat(Futures.get(inbound.drain(Duration.ofMillis(1))))
                .extracting(Message::text)
                .containsExactly("in hand", "waiting");
        release.countDown();
    }
}
