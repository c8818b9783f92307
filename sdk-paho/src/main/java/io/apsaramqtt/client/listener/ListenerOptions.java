package io.apsaramqtt.client.listener;

import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a listener throws: how often the message is given to it again, and where it goes then. By default it is
 * given once, and the failure is logged.
 *
 * <p>Immutable; equal if all parts are.
 */
public final class ListenerOptions {

    /** The user property of a dead letter on MQTT 5 that names the topic on which the message was received. */
    public static final String DEAD_LETTER_ORIGIN = "dead-letter-origin";

    /** The user property of a dead letter on MQTT 5 that names the class of what the listener threw last. */
    public static final String DEAD_LETTER_FAILURE = "dead-letter-failure";

    private static final ListenerOptions DEFAULTS =
            new ListenerOptions(1, Duration.ZERO, Duration.ZERO, null, null, null);

    private final int attempts;
    private final Duration minDelay;
    private final Duration maxDelay;
    private final @Nullable TopicName deadLetterTopic;
    private final @Nullable DeadLetterHandler deadLetterHandler;
    private final @Nullable ListenerGate gate;

    private ListenerOptions(
            int attempts,
            Duration minDelay,
            Duration maxDelay,
            @Nullable TopicName deadLetterTopic,
            @Nullable DeadLetterHandler deadLetterHandler,
            @Nullable ListenerGate gate) {
        this.attempts = attempts;
        this.minDelay = minDelay;
        this.maxDelay = maxDelay;
        this.deadLetterTopic = deadLetterTopic;
        this.deadLetterHandler = deadLetterHandler;
        this.gate = gate;
    }

    /** One attempt, no dead letters. */
    public static ListenerOptions defaults() {
        return DEFAULTS;
    }

    /**
     * These options with up to {@code attempts} calls a message, the first included. The wait between them doubles from
     * {@code minDelay} to {@code maxDelay}. Later messages of the topic wait meanwhile, those of other topics do not; and no
     * acknowledgement of a message that came later leaves before this one's (MQTT 3.1.1 section 4.6). The service delivers
     * again what is not acknowledged within 3 to 10 s: keep all attempts within that.
     *
     * @throws IllegalArgumentException if {@code attempts} is below 1, a delay negative, or {@code maxDelay} below
     *     {@code minDelay}
     */
    public ListenerOptions withRetry(int attempts, Duration minDelay, Duration maxDelay) {
        if (attempts < 1 || minDelay.isNegative() || maxDelay.compareTo(minDelay) < 0) {
            throw new IllegalArgumentException(
                    "Retry of [" + attempts + "] attempts with delays from [" + minDelay + "] to [" + maxDelay
                            + "] cannot be; use at least 1 attempt, and delays from 0 up, the shorter first");
        }
        return new ListenerOptions(attempts, minDelay, maxDelay, deadLetterTopic, deadLetterHandler, gate);
    }

    /**
     * These options with the topic to which a message goes after the last attempt, published with QoS 1; in place of a
     * handler. On MQTT 5 it keeps its properties but the expiry, and tells {@link #DEAD_LETTER_ORIGIN} and
     * {@link #DEAD_LETTER_FAILURE}. It is acknowledged when the dead letter is. As long as that cannot be published, it is
     * tried again, after 1 s to 1 min, and logged as an error; later messages of the topic wait.
     *
     * <p>A listener's failure on this topic itself is logged only.
     */
    public ListenerOptions withDeadLetterTopic(TopicName topic) {
        return new ListenerOptions(attempts, minDelay, maxDelay, topic, null, gate);
    }

    /** These options with who takes a message after the last attempt, in place of a dead letter topic. */
    public ListenerOptions withDeadLetterHandler(DeadLetterHandler handler) {
        return new ListenerOptions(attempts, minDelay, maxDelay, null, handler, gate);
    }

    /** These options with a gate that the messages go through, to limit how many at a time, and to pause them. */
    public ListenerOptions withGate(ListenerGate choice) {
        return new ListenerOptions(attempts, minDelay, maxDelay, deadLetterTopic, deadLetterHandler, choice);
    }

    /** How often a listener is given a message, at most. */
    public int attempts() {
        return attempts;
    }

    /** The wait before attempt {@code attempt}, counted from 2. */
    public Duration delayBefore(int attempt) {
        Duration half = maxDelay.dividedBy(2);
        Duration delay = minDelay;
        for (int i = 2; i < attempt && !delay.isZero(); i++) {
            if (delay.compareTo(half) > 0) {
                return maxDelay;
            }
            delay = delay.multipliedBy(2);
        }
        return delay;
    }

    /** Where a message goes after the last attempt, if to a topic. */
    public Optional<TopicName> deadLetterTopic() {
        return Optional.ofNullable(deadLetterTopic);
    }

    /** Who takes a message after the last attempt, if anyone. */
    public Optional<DeadLetterHandler> deadLetterHandler() {
        return Optional.ofNullable(deadLetterHandler);
    }

    /** What the messages go through, if anything. */
    public Optional<ListenerGate> gate() {
        return Optional.ofNullable(gate);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListenerOptions that
                && attempts == that.attempts
                && minDelay.equals(that.minDelay)
                && maxDelay.equals(that.maxDelay)
                && Objects.equals(deadLetterTopic, that.deadLetterTopic)
                && Objects.equals(deadLetterHandler, that.deadLetterHandler)
                && Objects.equals(gate, that.gate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(attempts, minDelay, maxDelay, deadLetterTopic, deadLetterHandler, gate);
    }

    /** Attempts, delays and where dead letters go. */
    @Override
    public String toString() {
        return "ListenerOptions[" + attempts + " attempts, " + minDelay + " to " + maxDelay + ", dead letters to "
                + (deadLetterTopic != null ? deadLetterTopic : deadLetterHandler != null ? "a handler" : "the log")
                + "]";
    }
}
