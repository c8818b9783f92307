package io.apsaramqtt.permission;

/**
 * Is told every verdict on a publish or subscribe, for audit and metrics. Called on the thread of the caller, before the
 * operation is sent or refused: it must not block. What it throws is logged.
 */
@FunctionalInterface
public interface VerdictListener {

    /** {@code operation} on {@code topic}, a topic name or filter, was checked. */
    void checked(Operation operation, String topic, Verdict verdict);
}
