package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Reception reception = new Reception();
    private final Logged logged = new Logged();

    @AfterEach
    void close() {
        logged.close();
    }

    private static List<String> texts(CompletableFuture<List<Message>> left) {
        assertThat(left).isCompleted();
        return left.join().stream().map(Message::text).toList();
    }

    @Test
    void whereNothingIsInWorkItIsDoneAtOnce() {
        assertThat(texts(reception.inbound.drain(LIMIT))).isEmpty();
        assertThat(reception.runtime.timers()).isZero();
    }

    @Test
    void itWaitsUntilListenersAreThroughAndAllIsAcknowledged() {
        reception.listen();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/b", "2");
        CompletableFuture<List<Message>> left = reception.inbound.drain(LIMIT);
        assertThat(left).isNotDone();
        reception.runtime.runUntilIdle();
        assertThat(texts(left)).isEmpty();
        assertThat(reception.taken).hasSize(2);
        assertThat(reception.acknowledged).containsExactly(1, 2);
    }

    @Test
    void itWaitsForAcknowledgementsByHandAndUntilTheyAreSent() {
        List<Boolean> doneBeforeSent = new ArrayList<>();
        reception.listenManually();
        List<CompletableFuture<List<Message>>> left = new ArrayList<>();
        reception.intake =
                reception.inbound.open(id -> doneBeforeSent.add(left.get(0).isDone()), () -> {});
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        left.add(reception.inbound.drain(LIMIT));
        assertThat(left.get(0)).isNotDone();
        reception.acknowledge("1");
        assertThat(texts(left.get(0))).isEmpty();
        assertThat(doneBeforeSent).containsExactly(false);
    }

    @Test
    void itDoesNotWaitForAcknowledgementsThatCannotBeSent() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        CompletableFuture<List<Message>> left = reception.inbound.drain(LIMIT);
        reception.intake.close();
        assertThat(texts(left)).isEmpty();
    }

    @Test
    void itTakesNothingMoreButQosTwo() {
        reception.listen();
        reception.receive(1, "alarms/a", "1");
        CompletableFuture<List<Message>> left = reception.inbound.drain(LIMIT);
        reception.receive(2, "alarms/a", "left to the broker");
        reception.receive(Qos.AT_MOST_ONCE, "alarms/a", "dropped");
        reception.receive(Qos.EXACTLY_ONCE, "alarms/a", "taken");
        reception.receiveAgain(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        assertThat(texts(left)).isEmpty();
        assertThat(reception.taken).containsExactly("1", "taken");
        assertThat(reception.acknowledged).containsExactly(1);
        assertThat(reception.overruns).isZero();
        assertThat(logged.at(Level.WARN)).isEmpty();
    }

    @Test
    void afterTheLimitItTellsWhatWasNotHandledAndHandlesItNoMore() {
        reception.listen(
                message -> {
                    reception.taken.add(message.text());
                    throw new IllegalStateException("planted");
                },
                ListenerOptions.defaults().withRetry(2, Duration.ofHours(1), Duration.ofHours(1)));
        reception.receive(Qos.AT_MOST_ONCE, "alarms/a", "0");
        reception.receive(1, "alarms/a", "1");
        reception.receive(Qos.EXACTLY_ONCE, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        CompletableFuture<List<Message>> left = reception.inbound.drain(LIMIT);
        reception.runtime.advance(LIMIT.minusMillis(1));
        assertThat(left).isNotDone();
        reception.runtime.advance(Duration.ofMillis(1));
        assertThat(texts(left)).containsExactly("0", "1", "2");
        reception.runtime.advance(Duration.ofHours(2));
        assertThat(reception.taken).containsExactly("0");
        assertThat(reception.acknowledged).isEmpty();
    }

    @Test
    void whatWaitsForALaneWhenTheTimeIsUpIsNotTakenUp() {
        Reception oneLane = new Reception(1, Reception.CAPACITY);
        List<CompletableFuture<List<Message>>> left = new ArrayList<>();
        oneLane.listen(message -> {
            oneLane.taken.add(message.text());
            left.add(oneLane.inbound.drain(LIMIT));
            oneLane.runtime.advance(LIMIT);
        });
        oneLane.receive(1, "alarms/a", "1");
        oneLane.receive(2, "alarms/b", "2");
        oneLane.runtime.runUntilIdle();
        assertThat(oneLane.taken).containsExactly("1");
        assertThat(texts(left.get(0))).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void whatIsNotAcknowledgedByHandWasNotHandled() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.receive(3, "alarms/a", "3");
        reception.runtime.runUntilIdle();
        CompletableFuture<List<Message>> left = reception.inbound.drain(LIMIT);
        reception.acknowledge("2");
        reception.runtime.advance(LIMIT);
        assertThat(texts(left)).containsExactly("1", "3");
    }

    @Test
    void ofSeveralCallsTheFirstCounts() {
        reception.listen();
        reception.receive(1, "alarms/a", "1");
        CompletableFuture<List<Message>> left = reception.inbound.drain(LIMIT);
        assertThat(reception.inbound.drain(Duration.ZERO)).isSameAs(left).isNotDone();
        assertThat(reception.runtime.timers())
                .as("the limit and the watch for slow ones")
                .isEqualTo(2);
    }

    @Test
    void aMessageInTheHandsOfAListenerAtTheLimitWasNotHandled() {
        List<CompletableFuture<List<Message>>> left = new ArrayList<>();
        reception.listen(message -> {
            left.add(reception.inbound.drain(LIMIT));
            reception.runtime.advance(LIMIT);
            reception.taken.add(message.text());
        });
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        assertThat(texts(left.get(0))).containsExactly("1", "2");
        assertThat(reception.taken).containsExactly("1");
        assertThat(reception.statistics().waiting()).isEqualTo(1);
    }

    @Test
    void deadLettersArePublishedUntilTheLimitAndNotAfterIt() {
        reception.listen(
                message -> {
                    throw new IllegalStateException("planted");
                },
                ListenerOptions.defaults().withDeadLetterTopic(TopicName.of("dead")));
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        CompletableFuture<List<Message>> left = reception.inbound.drain(LIMIT);
        reception.answers.get(0).completeExceptionally(new IllegalStateException("refused"));
        reception.runtime.advance(LIMIT);
        assertThat(texts(left)).containsExactly("1");
        assertThat(reception.letters).hasSize(2);
        assertThat(logged.at(Level.ERROR)).hasSize(1);
        reception.answers.get(1).completeExceptionally(new IllegalStateException("closed"));
        reception.runtime.advance(Duration.ofHours(1));
        assertThat(reception.letters).hasSize(2);
        assertThat(logged.at(Level.ERROR)).hasSize(1);
    }

    @Test
    void qosTwoThatComesAfterAllIsToldAsLost() {
        reception.listen();
        reception.inbound.drain(LIMIT);
        reception.receive(Qos.EXACTLY_ONCE, "alarms/a", "secret");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).isEmpty();
        assertThat(logged.at(Level.WARN))
                .singleElement()
                .asString()
                .contains("QoS 2 on topic [alarms/a] lost")
                .doesNotContain("secret");
        assertThat(reception.statistics().dropped()).isEqualTo(1);
    }
}
