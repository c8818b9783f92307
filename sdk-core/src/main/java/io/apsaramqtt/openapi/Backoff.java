package io.apsaramqtt.openapi;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a call is made, and how long to wait in between: any time up to a bound that doubles, so that what failed for many
 * at once does not come back at once.
 *
 * @param attempts at most, the first included
 * @param first bound of the first wait
 * @param longest bound of any wait
 * @param random chooses below the bound
 */
record Backoff(int attempts, Duration first, Duration longest, RandomGenerator random) {

    static Backoff standard(RandomGenerator random) {
        return new Backoff(4, Duration.ofMillis(500), Duration.ofSeconds(5), random);
    }

    /** The wait after this many attempts failed. */
    Duration wait(int failed) {
        Duration bound = first.multipliedBy(1L << Math.min(failed - 1, 20));
        long nanos = (bound.compareTo(longest) < 0 ? bound : longest).toNanos();
        return Duration.ofNanos(random.nextLong(nanos + 1));
    }
}
