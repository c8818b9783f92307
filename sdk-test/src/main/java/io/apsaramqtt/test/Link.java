package io.apsaramqtt.test;

import io.apsaramqtt.test.PacketRules.Fate;
import io.apsaramqtt.test.PacketRules.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What all connections of a proxy share in one direction: switches, rules, counters. Thread-safe. */
final class Link {

    /** Longer than any test. */
    static final long FOREVER = Long.MAX_VALUE;

    /**
     * Leave to let bytes pass.
     *
     * @param length how many
     * @param cut completed by whoever cuts the connection after them, where that is asked for
     */
    record Grant(int length, Optional<CompletableFuture<Void>> cut) {}

    private final PacketRules rules = new PacketRules();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private volatile long latency;
    private volatile long drip;
    private volatile boolean held;
    private volatile boolean dark;
    private long allowance;
    private @Nullable CompletableFuture<Void> exhausted;

    void latency(Duration delay) {
        latency = delay.toNanos();
    }

    void drip(Duration perByte) {
        drip = perByte.toNanos();
    }

    void held(boolean on) {
        held = on;
    }

    void dark(boolean on) {
        dark = on;
    }

    boolean isDark() {
        return dark;
    }

    boolean isDripping() {
        return drip > 0;
    }

    /** Nanoseconds that bytes taken at {@code since} have still to wait at {@code now}: not more than 0 if none. */
    long wait(long since, long now) {
        return wait(latency, since, now);
    }

    /** Nanoseconds until the next byte after the one that passed at {@code since}. */
    long waitForNextByte(long since, long now) {
        return wait(drip, since, now);
    }

    private long wait(long delay, long since, long now) {
        if (dark) {
            return 0;
        }
        return held ? FOREVER : since + delay - now;
    }

    /** Cuts a connection when this many bytes have passed, from now on; replaces the one before, which is cancelled. */
    CompletableFuture<Void> allow(long bytes) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        replaceAllowance(bytes, done);
        return done;
    }

    private void replaceAllowance(long bytes, @Nullable CompletableFuture<Void> done) {
        CompletableFuture<Void> before;
        synchronized (this) {
            before = exhausted;
            exhausted = done;
            allowance = bytes;
        }
        if (before != null) {
            before.cancel(false);
        }
    }

    /** How many of these bytes may pass. */
    synchronized Grant ask(int length) {
        CompletableFuture<Void> cut = exhausted;
        if (cut == null) {
            return new Grant(length, Optional.empty());
        }
        int granted = (int) Math.min(length, allowance);
        allowance -= granted;
        if (allowance > 0) {
            return new Grant(granted, Optional.empty());
        }
        exhausted = null;
        return new Grant(granted, Optional.of(cut));
    }

    CompletableFuture<Void> rule(PacketType type, Fate fate, int count) {
        return rules.add(type, fate, count);
    }

    Verdict judge(PacketType type) {
        return rules.judge(type);
    }

    /** Switches all faults off and forgets all rules. */
    void heal() {
        latency = 0;
        drip = 0;
        held = false;
        dark = false;
        rules.clear();
        replaceAllowance(0, null);
    }

    void countTaken(int bytes) {
        taken.addAndGet(bytes);
    }

    void countDelivered(int bytes) {
        delivered.addAndGet(bytes);
    }

    /** Bytes that the proxy has read. */
    long taken() {
        return taken.get();
    }

    /** Bytes that the proxy has written. */
    long delivered() {
        return delivered.get();
    }
}
