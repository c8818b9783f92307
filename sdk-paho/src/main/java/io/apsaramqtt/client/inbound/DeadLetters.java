package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.listener.DeadLetterHandler;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the messages that listeners could not handle. Thread-safe. */
final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration MIN_DELAY = Duration.ofSeconds(1);
    private static final Duration MAX_DELAY = Duration.ofMinutes(1);
    private static final ListenerOptions AGAIN =
            ListenerOptions.defaults().withRetry(Integer.MAX_VALUE, MIN_DELAY, MAX_DELAY);

    private final DeadLetterPublisher publisher;
    private final MqttVersion version;
    private final ClientRuntime runtime;
    private final Counters counters;
    private volatile boolean stopped;

    DeadLetters(DeadLetterPublisher publisher, MqttVersion version, ClientRuntime runtime, Counters counters) {
        this.publisher = publisher;
        this.version = version;
        this.runtime = runtime;
        this.counters = counters;
    }

    /**
     * Brings the message to its dead letter topic or handler, or else to the log. The result completes when that is done: for
     * a topic after as many attempts as it takes, and never if this is stopped before.
     */
    CompletableFuture<Void> take(Message message, Throwable failure, ListenerOptions options) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        TopicName topic = options.deadLetterTopic().orElse(null);
        // A listener that receives its own dead letters would otherwise send them round for ever.
        if (topic != null && !topic.equals(message.topic())) {
            publish(
                    new Letter(message.topic(), DeadLetterMessage.of(message, topic, failure, version), failure, taken),
                    1);
            return taken;
        }
        options.deadLetterHandler()
                .ifPresentOrElse(handler -> handle(handler, message, failure), () -> logged(message, failure));
        taken.complete(null);
        return taken;
    }

    /** A message for a dead letter topic. */
    private record Letter(TopicName origin, Message message, Throwable failure, CompletableFuture<Void> taken) {}

    private void publish(Letter letter, int attempt) {
        if (stopped) {
            return;
        }
        start(letter.message()).whenComplete((done, refusal) -> {
            if (refusal == null) {
                published(letter);
            } else if (!stopped) {
                publishLater(letter, attempt, refusal);
            }
        });
    }

    private CompletableFuture<?> start(Message letter) {
        try {
            return publisher.publish(letter);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void published(Letter letter) {
        counters.deadLettered.increment();
        log.warn(
                "Listener failed on a message of topic [{}], now on dead letter topic [{}]",
                letter.origin(),
                letter.message().topic(),
                letter.failure());
        letter.taken().complete(null);
    }

    private void publishLater(Letter letter, int attempt, Throwable refusal) {
        Duration delay = AGAIN.delayBefore(attempt + 1);
        log.error(
                "Message of topic [{}], on which a listener failed, could not be published to dead letter topic [{}]; tried"
                        + " again in {} s. Messages of its topic wait, and it is not acknowledged",
                letter.origin(),
                letter.message().topic(),
                delay.toSeconds(),
                refusal);
        runtime.after(delay, () -> publish(letter, attempt + 1));
    }

    private void handle(DeadLetterHandler handler, Message message, Throwable failure) {
        try {
            handler.handle(message, failure);
            counters.deadLettered.increment();
        } catch (Throwable e) {
            log.error(
                    "Listener failed on a message of topic [{}] with {}, and so did its dead letter handler",
                    message.topic(),
                    failure.toString(),
                    e);
        } finally {
            Thread.interrupted();
        }
    }

    private static void logged(Message message, Throwable failure) {
        log.error("Listener failed on a message of topic [{}]; the message is lost", message.topic(), failure);
    }

    /** No letter is published any more. */
    void stop() {
        stopped = true;
    }
}
