package io.apsaramqtt.client.healing;

import java.time.Duration;

/**
 * How a client connects again. The wait before an attempt is random between 0 and a bound that doubles from min to max. Failures
 * of the network are retried for ever; a refusal of the credentials or a client that takes the connection away are not.
 *
 * <p>Immutable.
 *
 * @param minDelay the first bound; default 1 s
 * @param maxDelay the last bound; default 60 s
 * @param firstConnectRetried whether a first attempt that failed is retried like a later one; default no: connect() throws
 * @param refusals how many refusals of the credentials in a row end the attempts; default 5. They are resolved anew for each
 * @param takeovers how many connections lost in a row to another client of the same ID end the attempts, the later ones within
 *     the longest delay; default 3 (MQTT 5)
 */
public record Reconnecting(
        Duration minDelay, Duration maxDelay, boolean firstConnectRetried, int refusals, int takeovers) {

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Reconnecting DEFAULTS =
            new Reconnecting(Duration.ofSeconds(1), Duration.ofSeconds(60), false, 5, 3);

    /**
     * Holds the given values.
     *
     * @throws IllegalArgumentException if a delay is not within 1 ms and 24 h, max is below min, or a number below 1
     */
    public Reconnecting {
        if (minDelay.toMillis() < 1 || maxDelay.compareTo(minDelay) < 0 || maxDelay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Delays from [" + minDelay + "] to [" + maxDelay
                    + "] cannot be; allowed are 1 ms to 24 h, min not above max");
        }
        if (refusals < 1 || takeovers < 1) {
            throw new IllegalArgumentException("Limits of [" + refusals + "] refusals and [" + takeovers
                    + "] takeovers cannot be; use at least 1");
        }
    }

    /** The defaults. */
    public static Reconnecting defaults() {
        return DEFAULTS;
    }

    /** These settings with other bounds of the wait. */
    public Reconnecting withDelay(Duration min, Duration max) {
        return new Reconnecting(min, max, firstConnectRetried, refusals, takeovers);
    }

    /** These settings, with a first attempt that failed retried or not. */
    public Reconnecting withFirstConnectRetried(boolean retried) {
        return new Reconnecting(minDelay, maxDelay, retried, refusals, takeovers);
    }

    /** These settings with another number of refusals. */
    public Reconnecting withRefusals(int limit) {
        return new Reconnecting(minDelay, maxDelay, firstConnectRetried, limit, takeovers);
    }

    /** These settings with another number of takeovers. */
    public Reconnecting withTakeovers(int limit) {
        return new Reconnecting(minDelay, maxDelay, firstConnectRetried, refusals, limit);
    }
}
