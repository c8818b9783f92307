package io.apsaramqtt.client.session;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one lock of a session: whatever reads or changes its state holds it, and nothing of the user's runs under it. Calls into
 * the engine are made under it, so that packets leave in the order in which the state changed; they do not block.
 */
final class Guard {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    void run(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    <T> T get(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code action} as soon as {@code ready} says so; false if it does not within {@code limit}. Blocks. */
    boolean runWhen(BooleanSupplier ready, Duration limit, Runnable action) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!ready.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            action.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Has everyone who waits look again; called by who holds the lock. */
    void changed() {
        changed.signalAll();
    }
}
