package io.apsaramqtt.client.inbound;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Room for a number of messages, which are in it from their receipt until their listeners are through. Thread-safe. */
final class Room {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int capacity;
    private int taken;
    private boolean shut;

    Room(int capacity) {
        this.capacity = capacity;
    }

    /** Takes a place if there is one. */
    boolean tryTake() {
        return take(() -> true);
    }

    /**
     * Takes a place, waiting for one until {@code giveUp} says so, of which {@link #wake} must tell. Says false where there
     * was none until then, where this was shut, or where the thread was interrupted.
     */
    boolean take(BooleanSupplier giveUp) {
        lock.lock();
        try {
            while (!shut && taken >= capacity && !giveUp.getAsBoolean()) {
                changed.await();
            }
            boolean free = !shut && taken < capacity;
            if (free) {
                taken++;
            }
            return free;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place even if there is none. */
    void takeBeyond() {
        lock.lock();
        try {
            taken++;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back. */
    void give() {
        lock.lock();
        try {
            taken--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets whoever waits look again whether to give up. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses all that may be refused from now on. */
    void shut() {
        lock.lock();
        try {
            shut = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isShut() {
        lock.lock();
        try {
            return shut;
        } finally {
            lock.unlock();
        }
    }

    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
