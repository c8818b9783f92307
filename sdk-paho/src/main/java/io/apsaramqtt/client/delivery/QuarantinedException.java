package io.apsaramqtt.client.delivery;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.permission.Operation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;

/**
 * The broker closed the connection again and again over this topic, or over names below this parent topic, so it is left alone
 * for a while: nothing is sent to it, or subscribed, until the quarantine ends or the permissions are refreshed. A message that
 * was sent before was not acknowledged.
 *
 * <p>Immutable.
 */
public final class QuarantinedException extends ApsaraMqttException {

    private final Operation operation;
    private final String topic;
    private final transient ProbableCause probableCause;
    private final boolean parentTopic;
    private final Set<String> names;
    private final int losses;
    private final Instant until;

    /** {@code losses} connections were lost over this operation. */
    public QuarantinedException(
            Operation operation, String topic, ProbableCause probableCause, int losses, Instant until) {
        this(operation, topic, false, Set.of(topic), probableCause, losses, until);
    }

    private QuarantinedException(
            Operation operation,
            String topic,
            boolean parentTopic,
            Set<String> names,
            ProbableCause probableCause,
            int losses,
            Instant until) {
        super((parentTopic ? "Parent topic '" : "Topic '") + topic + "' is in quarantine until "
                + until.truncatedTo(ChronoUnit.SECONDS) + ": " + losses + " connections in a row were lost over "
                + (parentTopic ? "names below it, such as '" + new TreeSet<>(names).first() + "'" : "it") + ". "
                + probableCause + ". Correct the cause, then refresh the permissions or wait");
        this.operation = operation;
        this.topic = topic;
        this.parentTopic = parentTopic;
        this.names = Set.copyOf(names);
        this.probableCause = probableCause;
        this.losses = losses;
        this.until = until;
    }

    /**
     * {@code losses} connections were lost over these names or filters, and nothing below their parent topic was accepted
     * meanwhile: the permissions of the service name parent topics, so it is all of {@code parentTopic} that is left alone.
     *
     * @throws java.util.NoSuchElementException if there is no name
     */
    public static QuarantinedException ofParentTopic(
            Operation operation,
            String parentTopic,
            Set<String> names,
            ProbableCause probableCause,
            int losses,
            Instant until) {
        return new QuarantinedException(operation, parentTopic, true, names, probableCause, losses, until);
    }

    /** Publish or subscribe. */
    public Operation operation() {
        return operation;
    }

    /** The topic name or topic filter, or the parent topic. */
    public String topic() {
        return topic;
    }

    /** Whether it is a parent topic that is left alone, with all names below it. */
    public boolean isParentTopic() {
        return parentTopic;
    }

    /** The topic names or filters that cost a connection: of a parent topic several, else {@link #topic()} alone. */
    public Set<String> names() {
        return names;
    }

    /** What probably happened. */
    public ProbableCause probableCause() {
        return probableCause;
    }

    /** How many connections were lost over the topic. */
    public int losses() {
        return losses;
    }

    /** When the topic is tried again. */
    public Instant until() {
        return until;
    }
}
