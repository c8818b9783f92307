package io.apsaramqtt.client.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Time, chance and workers of a simulation. Nothing runs by itself: a test runs the tasks, in an order that the seed chooses,
 * and moves the clock. A task may run others while it runs, which is how two workers at the same time look on one thread. Two
 * runs of one seed are alike. After the close tasks run at once on the thread that brings them, as on a {@code ThreadRuntime}.
 *
 * <p>Thread-safe, so that another thread may play the engine.
 */
public final class SimulatedRuntime implements ClientRuntime {

    private static final int TOO_MANY = 1_000_000;

    private final RandomGenerator random;
    private final RandomGenerator choice;
    private final SimulatedClock clock = new SimulatedClock();
    private final List<Runnable> ready = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparing(Timer::number));
    private long timersSoFar;
    private boolean closed;

    private record Timer(Instant due, long number, Runnable task) {}

    /** A clock that stands still until a test moves it. */
    private static final class SimulatedClock extends Clock {

        private volatile Instant now = Instant.parse("2026-11-21T16:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** The seed chooses both the order of tasks and what {@link #random()} says. */
    public SimulatedRuntime(long seed) {
        this.choice = new Random(seed);
        this.random = new Random(~seed);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (!closed) {
                ready.add(task);
                return;
            }
        }
        task.run();
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        if (closed) {
            return () -> {};
        }
        Timer timer = new Timer(clock.instant().plus(delay), timersSoFar++, task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    private synchronized void cancel(Timer timer) {
        timers.remove(timer);
    }

    /** Runs one task that is ready; says false if there is none. */
    public boolean runNext() {
        Runnable next;
        synchronized (this) {
            if (ready.isEmpty()) {
                return false;
            }
            next = ready.remove(choice.nextInt(ready.size()));
        }
        next.run();
        return true;
    }

    /** Runs what is ready and what that makes ready, until nothing is. Time stands still. */
    public void runUntilIdle() {
        for (int tasks = 0; runNext(); tasks++) {
            if (tasks == TOO_MANY) {
                throw new AssertionError("Tasks beget tasks for ever");
            }
        }
    }

    /** Lets time pass: whatever is due within it runs at its time. */
    public void advance(Duration time) {
        Instant end = clock.instant().plus(time);
        runUntilIdle();
        for (int fired = 0; fireBefore(end); fired++) {
            runUntilIdle();
            if (fired == TOO_MANY) {
                throw new AssertionError("Timers beget timers for ever");
            }
        }
        clock.now = end;
    }

    /** Moves the clock to the next timer that is due by {@code end}, and makes its task ready. */
    private synchronized boolean fireBefore(Instant end) {
        Timer next = timers.peek();
        if (next == null || next.due().isAfter(end)) {
            return false;
        }
        timers.remove();
        if (next.due().isAfter(clock.now)) {
            clock.now = next.due();
        }
        ready.add(next.task());
        return true;
    }

    /** How many tasks are ready. */
    public synchronized int ready() {
        return ready.size();
    }

    /** How many timers run. */
    public synchronized int timers() {
        return timers.size();
    }

    @Override
    public void close(Duration limit) {
        synchronized (this) {
            closed = true;
            timers.clear();
        }
        runUntilIdle();
    }
}
