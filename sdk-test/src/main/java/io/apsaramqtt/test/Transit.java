package io.apsaramqtt.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection and direction that are under way, in order. It has room for as much as a network has, so that
 * a sender is held up by a slow receiver. Thread-safe.
 */
final class Transit {

    private static final int ROOM = 256 * 1024;

    /** Bytes, or an end of the stream. */
    enum Kind {
        BYTES,
        END,
        RESET
    }

    /**
     * What is under way.
     *
     * @param kind what it is
     * @param bytes empty unless bytes
     * @param since when it was taken, in nanoseconds of {@link System#nanoTime}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Load(Kind kind, byte[] bytes, long since) {}

    private final Link link;
    private final Deque<Load> loads = new ArrayDeque<>();
    private int size;
    private boolean closed;

    Transit(Link link) {
        this.link = link;
    }

    /** Puts a load on its way, when there is room; says whether it is still open. */
    synchronized boolean put(Kind kind, byte[] bytes) throws InterruptedException {
        while (size >= ROOM && !closed) {
            wait();
        }
        if (closed) {
            return false;
        }
        loads.add(new Load(kind, bytes, System.nanoTime()));
        size += bytes.length;
        notifyAll();
        return true;
    }

    /** Waits for the next load to be due; null when closed. */
    synchronized @Nullable Load take() throws InterruptedException {
        while (!closed) {
            Load next = loads.peek();
            long wait = next == null ? Link.FOREVER : link.wait(next.since(), System.nanoTime());
            if (next != null && wait <= 0) {
                loads.remove();
                size -= next.bytes().length;
                notifyAll();
                return next;
            }
            await(wait);
        }
        return null;
    }

    /** Waits until one byte more may pass after the one at {@code since}; says whether it is still open. */
    synchronized boolean awaitNextByte(long since) throws InterruptedException {
        long wait = link.waitForNextByte(since, System.nanoTime());
        while (!closed && wait > 0) {
            await(wait);
            wait = link.waitForNextByte(since, System.nanoTime());
        }
        return !closed;
    }

    @SuppressWarnings("WaitNotInLoop") // the loops are with the callers
    private synchronized void await(long nanos) throws InterruptedException {
        if (nanos == Link.FOREVER) {
            wait();
        } else {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        }
    }

    /** A switch was turned: whoever waits looks again. */
    synchronized void wake() {
        notifyAll();
    }

    /** Drops what is under way. */
    synchronized void close() {
        closed = true;
        loads.clear();
        notifyAll();
    }
}
