package io.apsaramqtt.permission;

import io.apsaramqtt.ApsaraMqttException;

/**
 * An operation that the effective permissions certainly deny; nothing was sent. The message is the whole explanation, with
 * the statement that would allow it.
 *
 * <p>Immutable.
 */
public final class PermissionDeniedException extends ApsaraMqttException {

    private final Operation operation;
    private final String topic;
    private final Verdict verdict;

    PermissionDeniedException(Operation operation, String topic, Verdict verdict, String explanation) {
        super(explanation);
        this.operation = operation;
        this.topic = topic;
        this.verdict = verdict;
    }

    /** What was asked. */
    public Operation operation() {
        return operation;
    }

    /** The topic name or topic filter. */
    public String topic() {
        return topic;
    }

    /** The answer and what it was made of. */
    public Verdict verdict() {
        return verdict;
    }
}
