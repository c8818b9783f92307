package io.apsaramqtt.client.session;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Room for unacknowledged messages on one connection. Thread-safe. */
final class Window {

    /** How a call for room ended. */
    enum Admission {
        ADMITTED,
        TIMED_OUT,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int size;
    private int used;
    private boolean closed;

    Window(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Takes room for one message; blocks up to {@code timeout} where there is none. */
    Admission acquire(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && used >= size) {
                if (left <= 0) {
                    return Admission.TIMED_OUT;
                }
                left = changed.awaitNanos(left);
            }
            if (closed) {
                return Admission.CLOSED;
            }
            used++;
            return Admission.ADMITTED;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the room of one message. */
    void release() {
        lock.lock();
        try {
            used--;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Turns away everyone who waits, and all who come. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
