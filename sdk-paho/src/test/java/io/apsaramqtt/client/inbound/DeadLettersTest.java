package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.mqtt.UserProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final TopicName DEAD = TopicName.of("dead/letters");
    private static final ListenerOptions TO_TOPIC = ListenerOptions.defaults().withDeadLetterTopic(DEAD);

    private final Reception reception = new Reception();
    private final Logged logged = new Logged();

    @AfterEach
    void close() {
        logged.close();
    }

    private void failOnBad(ListenerOptions options) {
        reception.listen(
                message -> {
                    reception.taken.add(message.text());
                    if (message.text().startsWith("bad")) {
                        throw new IllegalStateException("planted");
                    }
                },
                options);
    }

    private void answer(int letter) {
        assertThat(reception.answers).hasSizeGreaterThan(letter);
        reception.answers.get(letter).complete(null);
        reception.runtime.runUntilIdle();
    }

    private void refuse(int letter) {
        assertThat(reception.answers).hasSizeGreaterThan(letter);
        reception.answers.get(letter).completeExceptionally(new IllegalStateException("refused"));
        reception.runtime.runUntilIdle();
    }

    private void assertCounted(long failed, long deadLettered) {
        assertThat(reception.statistics().failed()).isEqualTo(failed);
        assertThat(reception.statistics().deadLettered()).isEqualTo(deadLettered);
    }

    @Test
    void aMessageIsAcknowledgedWhenItsDeadLetterIs() {
        failOnBad(TO_TOPIC);
        reception.receive(1, "alarms/a", "bad");
        reception.runtime.runUntilIdle();
        assertThat(reception.letters).hasSize(1);
        assertThat(reception.acknowledged).isEmpty();
        answer(0);
        assertThat(reception.acknowledged).containsExactly(1);
        assertThat(logged.at(Level.ERROR)).isEmpty();
        assertThat(logged.at(Level.WARN))
                .singleElement()
                .asString()
                .contains("[alarms/a], now on dead letter topic [dead/letters]");
        assertCounted(1, 1);
    }

    @Test
    void theTopicWaitsForItsDeadLetterAndOthersDoNot() {
        failOnBad(TO_TOPIC);
        reception.receive(1, "alarms/a", "bad");
        reception.receive(2, "alarms/a", "after");
        reception.receive(3, "alarms/b", "other");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactlyInAnyOrder("bad", "other");
        answer(0);
        assertThat(reception.taken).endsWith("after");
        assertThat(reception.acknowledged).containsExactly(1, 2, 3);
    }

    @Test
    void aDeadLetterThatIsRefusedIsPublishedAgainUntilItIsTaken() {
        failOnBad(TO_TOPIC);
        reception.receive(1, "alarms/a", "bad secret");
        reception.runtime.runUntilIdle();
        refuse(0);
        reception.runtime.advance(Duration.ofMillis(999));
        assertThat(reception.letters).hasSize(1);
        reception.runtime.advance(Duration.ofMillis(1));
        assertThat(reception.letters).hasSize(2);
        refuse(1);
        reception.runtime.advance(Duration.ofMillis(1_999));
        assertThat(reception.letters).hasSize(2);
        reception.runtime.advance(Duration.ofMillis(1));
        assertThat(reception.letters).hasSize(3);
        refuse(2);
        reception.runtime.advance(Duration.ofMillis(3_999));
        assertThat(reception.letters).hasSize(3);
        reception.runtime.advance(Duration.ofMillis(1));
        for (int letter = 3; letter < 20; letter++) {
            refuse(letter);
            reception.runtime.advance(Duration.ofMinutes(1));
        }
        assertThat(reception.letters).hasSize(21).containsOnly(reception.letters.get(0));
        assertThat(reception.acknowledged).isEmpty();
        assertThat(logged.at(Level.ERROR))
                .hasSize(20)
                .allSatisfy(line -> assertThat(line)
                        .contains("topic [alarms/a]", "dead letter topic [dead/letters]")
                        .doesNotContain("secret"));
        answer(20);
        assertThat(reception.acknowledged).containsExactly(1);
        assertCounted(1, 1);
    }

    @Test
    void aPublisherThatThrowsIsAskedAgain() {
        List<Message> letters = new ArrayList<>();
        SimulatedRuntime runtime = new SimulatedRuntime(1);
        Counters counters = new Counters();
        DeadLetters deadLetters = new DeadLetters(
                letter -> {
                    letters.add(letter);
                    throw new IllegalStateException("planted");
                },
                MqttVersion.V5,
                runtime,
                counters);
        var taken = deadLetters.take(Reception.message("alarms/a", "x"), new Error("planted"), TO_TOPIC);
        runtime.advance(Duration.ofSeconds(1));
        assertThat(letters).hasSize(2);
        assertThat(taken).isNotDone();
        deadLetters.stop();
        runtime.advance(Duration.ofHours(1));
        assertThat(letters).hasSize(2);
        assertThat(runtime.timers()).isZero();
    }

    @Test
    void onMqtt5ADeadLetterKeepsItsPropertiesAndSaysWhatHappened() {
        failOnBad(TO_TOPIC);
        MessageProperties kept = MessageProperties.none()
                .withText(true)
                .withContentType("text/plain")
                .withResponseTopic(TopicName.of("answers"))
                .withCorrelationData(new byte[] {1, 2})
                .withUserProperty("a", "b");
        Message message = Message.of("alarms/a", "bad")
                .withQos(Qos.EXACTLY_ONCE)
                .withRetained(true)
                .withDuplicate(true)
                .withProperties(kept.withExpiry(Duration.ofSeconds(9)));
        reception.intake.received(0, message);
        reception.runtime.runUntilIdle();
        assertThat(reception.letters)
                .containsExactly(Message.of(DEAD, "bad")
                        .withProperties(kept.withUserProperty("dead-letter-origin", "alarms/a")
                                .withUserProperty("dead-letter-failure", "java.lang.IllegalStateException")));
    }

    @Test
    void aDeadLetterWithoutPropertiesHasTheTwoOfADeadLetter() {
        Message letter =
                DeadLetterMessage.of(Reception.message("alarms/a", "x"), DEAD, new Error("planted"), MqttVersion.V5);
        assertThat(letter.properties().userProperties())
                .containsExactly(
                        new UserProperty(ListenerOptions.DEAD_LETTER_ORIGIN, "alarms/a"),
                        new UserProperty(ListenerOptions.DEAD_LETTER_FAILURE, "java.lang.Error"));
        assertThat(letter.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
    }

    @Test
    void onMqtt311ADeadLetterHasNoProperties() {
        Message letter = DeadLetterMessage.of(
                Reception.message("alarms/a", "x"), DEAD, new Error("planted"), MqttVersion.V3_1_1);
        assertThat(letter).isEqualTo(Message.of(DEAD, "x"));
    }

    @Test
    void aFailureOnTheDeadLetterTopicItselfIsLogged() {
        failOnBad(TO_TOPIC);
        reception.receive(1, "dead/letters", "bad");
        reception.runtime.runUntilIdle();
        assertThat(reception.letters).isEmpty();
        assertThat(reception.acknowledged).containsExactly(1);
        assertThat(logged.at(Level.ERROR)).singleElement().asString().contains("the message is lost");
        assertCounted(1, 0);
    }

    @Test
    void aHandlerTakesTheMessageAndItsFailureBeforeItIsAcknowledged() {
        failOnBad(ListenerOptions.defaults().withDeadLetterHandler((message, failure) -> {
            assertThat(reception.acknowledged).isEmpty();
            reception.taken.add("handled " + message.text() + " for " + failure.getMessage());
        }));
        reception.receive(1, "alarms/a", "bad");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("bad", "handled bad for planted");
        assertThat(reception.acknowledged).containsExactly(1);
        assertThat(logged.at(Level.ERROR)).isEmpty();
        assertCounted(1, 1);
    }

    @Test
    void aHandlerThatFailsIsLoggedAndTheMessageAcknowledged() {
        failOnBad(ListenerOptions.defaults().withDeadLetterHandler((message, failure) -> {
            throw new AssertionError("planted too");
        }));
        reception.receive(1, "alarms/a", "bad");
        reception.receive(2, "alarms/a", "after");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("bad", "after");
        assertThat(reception.acknowledged).containsExactly(1, 2);
        assertThat(logged.at(Level.ERROR))
                .singleElement()
                .asString()
                .contains(
                        "[alarms/a] with java.lang.IllegalStateException: planted, and so did its dead letter handler");
        assertCounted(1, 0);
    }

    @Test
    void aHandlerThatRethrowsTheFailureIsNoTrouble() {
        failOnBad(ListenerOptions.defaults().withDeadLetterHandler((message, failure) -> {
            throw (Exception) failure;
        }));
        reception.receive(1, "alarms/a", "bad");
        reception.runtime.runUntilIdle();
        assertThat(reception.acknowledged).containsExactly(1);
        assertThat(logged.at(Level.ERROR)).singleElement().asString().contains("so did its dead letter handler");
    }
}
