package io.apsaramqtt.client.session;

import io.apsaramqtt.client.healing.Reconnecting;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: a random time up to a bound that doubles with each failure ("full jitter"), so that
 * many clients that lost one broker do not come back in step. Immutable.
 *
 * @param min the first bound
 * @param max the last bound
 */
public record Backoff(Duration min, Duration max) {

    private static final int MAX_DOUBLINGS = 30;

    static Backoff of(Reconnecting settings) {
        return new Backoff(settings.minDelay(), settings.maxDelay());
    }

    /** How long to wait after {@code failures} failed attempts, 0 right after the connection was lost. */
    Duration delay(int failures, RandomGenerator random) {
        long doubled = min.toMillis() << Math.min(failures, MAX_DOUBLINGS);
        long bound = doubled <= 0 ? max.toMillis() : Math.min(max.toMillis(), doubled);
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
