package io.apsaramqtt.test;

/** Which way bytes pass through a {@link FaultProxy}. Immutable. */
public enum Direction {
    /** From the client to the broker. */
    TO_BROKER,
    /** From the broker to the client. */
    TO_CLIENT;

    Direction opposite() {
        return this == TO_BROKER ? TO_CLIENT : TO_BROKER;
    }
}
