package io.apsaramqtt.client.healing;

import java.time.Duration;

/**
 * When a topic over which the broker closes the connection is left alone, so that all else lives on. What is in progress within
 * {@code suspicion} before a loss is sent again one topic at a time; what alone was in progress has a strike; an acknowledgement
 * clears it. In profile {@code APSARAMQ}, where permissions name parent topics, several names of one parent topic with a strike
 * put all of it into quarantine, unless something below it was acknowledged meanwhile.
 *
 * <p>Immutable.
 *
 * @param strikes how many connections in a row a topic may cost; default 3
 * @param suspicion how long before a loss an operation may have been sent to be its cause; default 5 s
 * @param duration how long the topic is left alone; default 5 min
 * @param names how many different names of one parent topic may cost a connection in a row; default as many as strikes
 */
public record Quarantine(int strikes, Duration suspicion, Duration duration, int names) {

    private static final Quarantine DEFAULTS = new Quarantine(3, Duration.ofSeconds(5), Duration.ofMinutes(5));

    /**
     * Holds the given values.
     *
     * @throws IllegalArgumentException if there is no strike or name, or a time is negative
     */
    public Quarantine {
        if (strikes < 1 || names < 1 || suspicion.isNegative() || duration.isNegative()) {
            throw new IllegalArgumentException("Quarantine after [" + strikes + "] strikes within [" + suspicion
                    + "] for [" + duration + "], of a parent topic after [" + names
                    + "] names, cannot be; use at least 1 strike and 1 name, and no negative time");
        }
    }

    /**
     * As many names as strikes.
     *
     * @throws IllegalArgumentException if there is no strike, or a time is negative
     */
    public Quarantine(int strikes, Duration suspicion, Duration duration) {
        this(strikes, suspicion, duration, strikes);
    }

    /** The defaults. */
    public static Quarantine defaults() {
        return DEFAULTS;
    }

    /** No topic is ever left alone. */
    public static Quarantine off() {
        return new Quarantine(Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO);
    }
}
