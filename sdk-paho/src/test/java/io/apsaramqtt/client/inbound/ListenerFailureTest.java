package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.listener.MessageListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerFailureTest {

    private static final ListenerOptions THREE_TIMES =
            ListenerOptions.defaults().withRetry(3, Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final Reception reception = new Reception();
    private final Logged logged = new Logged();
    private final List<Acknowledgment> acknowledgments = new ArrayList<>();

    @AfterEach
    void close() {
        logged.close();
    }

    /** Takes what it is given, but fails on the first {@code failures} calls for a text that begins with "bad". */
    private MessageListener failing(int failures) {
        int[] left = {failures};
        return message -> {
            reception.taken.add(message.text());
            if (message.text().startsWith("bad") && left[0]-- > 0) {
                throw new IllegalStateException("planted");
            }
        };
    }

    private void assertCounted(long delivered, long failed) {
        assertThat(reception.statistics().delivered()).isEqualTo(delivered);
        assertThat(reception.statistics().failed()).isEqualTo(failed);
        assertThat(reception.statistics().waiting()).isZero();
    }

    @Test
    void aFailureIsLoggedOnceWithItsTopicAndTheMessageAcknowledged() {
        reception.listen(failing(1));
        reception.receive(1, "alarms/a", "bad secret");
        reception.receive(2, "alarms/a", "good");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("bad secret", "good");
        assertThat(reception.acknowledged).containsExactly(1, 2);
        assertThat(logged.at(Level.ERROR))
                .singleElement()
                .asString()
                .contains("Listener failed on a message of topic [alarms/a]; the message is lost")
                .doesNotContain("secret");
        assertCounted(1, 1);
    }

    @Test
    void anErrorIsAFailureAsAnyOther() {
        reception.listen(message -> {
            throw new StackOverflowError("planted");
        });
        reception.receive(1, "alarms/a", "bad");
        reception.runtime.runUntilIdle();
        assertThat(reception.acknowledged).containsExactly(1);
        assertCounted(0, 1);
    }

    @Test
    void anInterruptionEndsOneCallAndNotTheNext() {
        List<Boolean> interrupted = new ArrayList<>();
        reception.listen(message -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            if (message.text().startsWith("bad")) {
                throw new InterruptedException("planted");
            }
        });
        reception.receive(1, "alarms/a", "bad");
        reception.receive(2, "alarms/a", "good");
        reception.receive(3, "alarms/a", "good");
        reception.runtime.runUntilIdle();
        assertThat(interrupted).containsExactly(false, false, false);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(reception.acknowledged).containsExactly(1, 2, 3);
        assertCounted(2, 1);
    }

    @Test
    void theListenerIsGivenTheMessageAgainAfterADelayThatDoubles() {
        reception.listen(failing(2), THREE_TIMES);
        reception.receive(1, "alarms/a", "bad");
        reception.runtime.advance(Duration.ofMillis(999));
        assertThat(reception.taken).hasSize(1);
        reception.runtime.advance(Duration.ofMillis(1));
        assertThat(reception.taken).hasSize(2);
        reception.runtime.advance(Duration.ofMillis(1_999));
        assertThat(reception.taken).hasSize(2);
        assertThat(reception.acknowledged).isEmpty();
        reception.runtime.advance(Duration.ofMillis(1));
        assertThat(reception.taken).containsExactly("bad", "bad", "bad");
        assertThat(reception.acknowledged).containsExactly(1);
        assertThat(logged.at(Level.ERROR)).isEmpty();
        assertThat(logged.at(Level.WARN))
                .filteredOn(line -> line.contains("tried again in"))
                .hasSize(2)
                .first()
                .asString()
                .contains("[alarms/a], attempt 1 of 3; tried again in 1000 ms");
        assertCounted(1, 0);
    }

    @Test
    void afterTheLastAttemptTheFailureIsLogged() {
        reception.listen(failing(3), THREE_TIMES);
        reception.receive(1, "alarms/a", "bad");
        reception.runtime.advance(Duration.ofMinutes(1));
        assertThat(reception.taken).hasSize(3);
        assertThat(reception.acknowledged).containsExactly(1);
        assertThat(logged.at(Level.ERROR)).hasSize(1);
        assertCounted(0, 1);
    }

    @Test
    void onlyTheTopicWaitsBetweenAttempts() {
        Reception one = new Reception(1, Reception.CAPACITY);
        one.listen(
                message -> {
                    one.taken.add(message.text());
                    if (message.text().equals("bad") && one.taken.size() == 1) {
                        throw new IllegalStateException("planted");
                    }
                },
                THREE_TIMES);
        one.receive(1, "alarms/a", "bad");
        one.receive(2, "alarms/a", "after");
        one.receive(3, "alarms/b", "other");
        one.runtime.runUntilIdle();
        assertThat(one.taken).containsExactly("bad", "other");
        one.runtime.advance(Duration.ofSeconds(1));
        assertThat(one.taken).containsExactly("bad", "other", "bad", "after");
        assertThat(one.acknowledged).containsExactly(1, 2, 3);
    }

    @Test
    void oneReceiverOfAMessageTriesAgainAndTheOthersDoNot() {
        reception.listen(message -> reception.taken.add("other " + message.text()));
        reception.listen(failing(1), THREE_TIMES);
        reception.receive(1, "alarms/a", "bad");
        reception.receive(2, "alarms/a", "good");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("other bad", "bad");
        reception.runtime.advance(Duration.ofSeconds(1));
        assertThat(reception.taken).containsExactly("other bad", "bad", "bad", "other good", "good");
        assertCounted(4, 0);
    }

    @Test
    void receiversWaitEachForItsOwnDelay() {
        reception.listen(failing(1), THREE_TIMES);
        reception.listen(
                failing(1), ListenerOptions.defaults().withRetry(2, Duration.ofSeconds(3), Duration.ofSeconds(3)));
        reception.receive(1, "alarms/a", "bad");
        reception.runtime.advance(Duration.ofSeconds(1));
        assertThat(reception.taken).hasSize(3);
        reception.runtime.advance(Duration.ofSeconds(2));
        assertThat(reception.taken).hasSize(4);
        assertThat(reception.acknowledged).containsExactly(1);
    }

    private void failByHand(boolean acknowledgeFirst) {
        reception.listenManually(
                (message, acknowledgment) -> {
                    reception.taken.add(message.text());
                    acknowledgments.add(acknowledgment);
                    if (acknowledgeFirst) {
                        acknowledgment.acknowledge();
                    }
                    throw new IllegalStateException("planted");
                },
                THREE_TIMES);
        reception.receive(1, "alarms/a", "bad");
        reception.runtime.runUntilIdle();
    }

    @Test
    void whoAcknowledgesAndThenFailsIsNotCalledAgain() {
        failByHand(true);
        reception.runtime.advance(Duration.ofMinutes(1));
        assertThat(reception.taken).hasSize(1);
        assertThat(reception.acknowledged).containsExactly(1);
        assertThat(logged.at(Level.ERROR)).singleElement().asString().contains("that it had acknowledged");
        assertCounted(0, 1);
    }

    @Test
    void anAcknowledgementBetweenAttemptsEndsThem() {
        failByHand(false);
        acknowledgments.get(0).acknowledge();
        assertThat(reception.acknowledged).containsExactly(1);
        reception.runtime.advance(Duration.ofMinutes(1));
        assertThat(reception.taken).hasSize(1);
        assertCounted(1, 0);
    }

    @Test
    void whoNeverAcknowledgesAndFailsForGoodIsAcknowledged() {
        failByHand(false);
        reception.runtime.advance(Duration.ofMinutes(1));
        assertThat(reception.taken).hasSize(3);
        assertThat(reception.acknowledged).containsExactly(1);
        assertCounted(0, 1);
    }
}
