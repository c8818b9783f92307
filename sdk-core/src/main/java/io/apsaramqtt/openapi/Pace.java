package io.apsaramqtt.openapi;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spaces calls evenly, whatever thread they come from: no second has more than allowed. Thread-safe.
 *
 * <p>RAM allows 100 calls a second of each action for all programs of an account together (page "RAM 2015-05-01 quota").
 */
final class Pace {

    private final long spacingNanos;
    private final LongSupplier nanoTime;
    private final Waiting waiting;
    private long next;
    private boolean started;

    Pace(int callsPerSecond, LongSupplier nanoTime, Waiting waiting) {
        this.spacingNanos = Duration.ofSeconds(1).toNanos() / callsPerSecond;
        this.nanoTime = nanoTime;
        this.waiting = waiting;
    }

    /** Waits for the turn of the caller. */
    void await() throws InterruptedException {
        long wait = turn();
        if (wait > 0) {
            waiting.pass(Duration.ofNanos(wait));
        }
    }

    private synchronized long turn() {
        long now = nanoTime.getAsLong();
        if (!started || next - now < 0) {
            next = now;
            started = true;
        }
        long wait = next - now;
        next += spacingNanos;
        return wait;
    }
}
