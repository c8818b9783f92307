package io.apsaramqtt.test.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the broker saw, in order, since it was started or {@link #clear() cleared}: the last {@value #CAPACITY} events, so
 * that a broker left running does not grow.
 *
 * <p>Thread-safe.
 */
public final class BrokerEvents {

    private static final int CAPACITY = 10_000;
    private static final int SHOWN_IN_FAILURE = 20;
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);

    private final Deque<BrokerEvent> events = new ArrayDeque<>();

    /** Empty. */
    public BrokerEvents() {}

    /** Adds an event; for the broker itself. */
    public synchronized void record(BrokerEvent event) {
        if (events.size() == CAPACITY) {
            events.removeFirst();
        }
        events.addLast(event);
        notifyAll();
    }

    /** All events, oldest first. */
    public synchronized List<BrokerEvent> all() {
        return List.copyOf(events);
    }

    /** The events of one type, oldest first. */
    public <E extends BrokerEvent> List<E> of(Class<E> type) {
        return matching(type, event -> true).toList();
    }

    /**
     * Forgets all events. The end of a connection that was closed just before may still be recorded afterwards: a test that
     * awaits a {@link BrokerEvent.Disconnected} should use a client ID of its own.
     */
    public synchronized void clear() {
        events.clear();
    }

    /** The first event of {@code type}; waits 10 seconds for it at most, see {@link #await(Class, Predicate, Duration)}. */
    public <E extends BrokerEvent> E await(Class<E> type) {
        return await(type, event -> true, DEFAULT_WAIT);
    }

    /** The first event of {@code type} that {@code matches}; waits 10 seconds for it at most. */
    public <E extends BrokerEvent> E await(Class<E> type, Predicate<? super E> matches) {
        return await(type, matches, DEFAULT_WAIT);
    }

    /**
     * The first event of {@code type} that {@code matches}, already recorded or still to come. Blocks.
     *
     * @throws AssertionError if none comes within {@code atMost}, with the last events in its message
     */
    public synchronized <E extends BrokerEvent> E await(Class<E> type, Predicate<? super E> matches, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<E> found = matching(type, matches).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("No " + type.getSimpleName() + " as expected within " + atMost.toMillis()
                        + " ms; the broker saw " + events.size() + " events, the last of them: " + lastEvents());
            }
            pause(left);
        }
    }

    private synchronized <E extends BrokerEvent> Stream<E> matching(Class<E> type, Predicate<? super E> matches) {
        return List.copyOf(events).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(matches);
    }

    private String lastEvents() {
        return events.stream()
                .skip(Math.max(0, events.size() - SHOWN_IN_FAILURE))
                .map(BrokerEvent::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @SuppressWarnings("WaitNotInLoop") // the loop, with its condition, is in the caller
    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the broker", e);
        }
    }

    /** How many events there are. */
    @Override
    public synchronized String toString() {
        return "BrokerEvents[" + events.size() + "]";
    }
}
