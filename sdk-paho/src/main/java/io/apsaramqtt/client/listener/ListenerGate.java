package io.apsaramqtt.client.listener;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets messages through to a listener: up to a number at a time, and none while it is paused. What waits at the gate waits in
 * the client, unacknowledged, and keeps its order within a topic; it holds up no other listener of the client, but
 * acknowledgements of messages that came later leave after its own (MQTT 3.1.1 section 4.6), and it takes room among the
 * messages that may wait for listeners. Pause for seconds, and unsubscribe for longer.
 *
 * <p>Thread-safe. Give it to one subscription, with {@link ListenerOptions#withGate}.
 */
public final class ListenerGate {

    private final int concurrency;
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int inside;
    private boolean paused;
    private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

    private ListenerGate(int concurrency) {
        this.concurrency = concurrency;
    }

    /** Lets through as many messages at a time as the client has threads for. */
    public static ListenerGate open() {
        return new ListenerGate(Integer.MAX_VALUE);
    }

    /** Lets through up to {@code concurrency} messages at a time; {@link IllegalArgumentException} if that is below 1. */
    public static ListenerGate of(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("Concurrency [" + concurrency + "] cannot be; use at least 1");
        }
        return new ListenerGate(concurrency);
    }

    /** Lets nothing through any more; what is through goes on. */
    public synchronized void pause() {
        paused = true;
    }

    /** Lets messages through again. */
    public void resume() {
        List<CompletableFuture<Void>> next;
        synchronized (this) {
            paused = false;
            next = next(concurrency - inside);
        }
        next.forEach(each -> each.complete(null));
    }

    /** Whether it is paused. */
    public synchronized boolean isPaused() {
        return paused;
    }

    /** Completes when no message is with the listener, which may be now; on the thread that leaves last. */
    public synchronized CompletableFuture<Void> idle() {
        return idle.copy();
    }

    /** Takes a message through, for the client; or says when to ask again. */
    public synchronized @Nullable CompletableFuture<Void> enter() {
        if (paused || inside >= concurrency) {
            CompletableFuture<Void> later = new CompletableFuture<>();
            waiting.add(later);
            return later;
        }
        if (inside++ == 0) {
            idle = new CompletableFuture<>();
        }
        return null;
    }

    /** The listener has returned, for the client. */
    public void leave() {
        List<CompletableFuture<Void>> next;
        CompletableFuture<Void> done = null;
        synchronized (this) {
            inside--;
            next = paused ? List.of() : next(1);
            if (inside == 0) {
                done = idle;
            }
        }
        if (done != null) {
            done.complete(null);
        }
        next.forEach(each -> each.complete(null));
    }

    private List<CompletableFuture<Void>> next(int count) {
        List<CompletableFuture<Void>> next = new ArrayList<>();
        while (next.size() < count && !waiting.isEmpty()) {
            next.add(waiting.remove());
        }
        return next;
    }

    /** How many are through, and whether it is paused. */
    @Override
    public synchronized String toString() {
        return "ListenerGate[" + inside + " of "
                + (concurrency == Integer.MAX_VALUE ? "any number" : String.valueOf(concurrency))
                + (paused ? ", paused]" : "]");
    }
}
