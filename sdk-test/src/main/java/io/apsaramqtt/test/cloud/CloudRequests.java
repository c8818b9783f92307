package io.apsaramqtt.test.cloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The requests that came to the cloud, oldest first, since it was started or they were {@link #clear() cleared}. A request
 * is recorded before its answer leaves.
 *
 * <p>Thread-safe.
 */
public final class CloudRequests {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final List<CloudRequest> requests = new ArrayList<>();
    private int inFlight;
    private int mostInFlight;

    CloudRequests() {}

    synchronized void arrived() {
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    synchronized void left() {
        inFlight--;
    }

    synchronized void add(CloudRequest request) {
        requests.add(request);
        notifyAll();
    }

    /** All requests. */
    public synchronized List<CloudRequest> all() {
        return List.copyOf(requests);
    }

    /** The requests for one operation, such as {@code GetPolicy}. */
    public List<CloudRequest> of(String action) {
        return all().stream().filter(request -> request.action().equals(action)).toList();
    }

    /** How many requests there were. */
    public synchronized int count() {
        return requests.size();
    }

    /** How many requests for one operation there were. */
    public int count(String action) {
        return of(action).size();
    }

    /** How many requests were under way at the same time, at most. */
    public synchronized int mostInFlight() {
        return mostInFlight;
    }

    /**
     * Waits until there were that many requests for one operation: 10 seconds at most.
     *
     * @throws AssertionError if there are fewer by then
     */
    public synchronized void await(String action, int atLeast) {
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (count(action) < atLeast) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("Of " + action + " came " + count(action) + " requests within "
                        + WAIT.toSeconds() + " s, expected were " + atLeast + "; all requests: "
                        + requests.stream().map(CloudRequest::action).toList());
            }
            pause(left);
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop, with its condition, is in the caller
    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for requests", e);
        }
    }

    /** Forgets all requests, and how many were under way at the same time. */
    public synchronized void clear() {
        requests.clear();
        mostInFlight = inFlight;
    }

    /** How many there were. */
    @Override
    public synchronized String toString() {
        return "CloudRequests[" + requests.size() + "]";
    }
}
