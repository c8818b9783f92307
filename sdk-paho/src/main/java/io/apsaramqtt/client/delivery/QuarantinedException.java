package io.apsaramqtt.client.delivery;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.permission.Operation;
import java.time.Instant;

/**
 * The broker closed the connection again and again over this topic, so it is left alone for a while: nothing is sent to it, or
 * subscribed, until the quarantine ends or the permissions are refreshed. A message that was sent before was not acknowledged.
 *
 * <p>Immutable.
 */
public final class QuarantinedException extends ApsaraMqttException {

    private final Operation operation;
    private final String topic;
    private final transient ProbableCause probableCause;
    private final int losses;
    private final Instant until;

    /** {@code losses} connections were lost over this operation. */
    public QuarantinedException(
            Operation operation, String topic, ProbableCause probableCause, int losses, Instant until) {
        super("Topic '" + topic + "' is in quarantine until " + until + ": " + losses
                + " connections in a row were lost over it. " + probableCause
                + ". Correct the cause, then refresh the permissions or wait");
        this.operation = operation;
        this.topic = topic;
        this.probableCause = probableCause;
        this.losses = losses;
        this.until = until;
    }

    /** Publish or subscribe. */
    public Operation operation() {
        return operation;
    }

    /** The topic name or topic filter. */
    public String topic() {
        return topic;
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
