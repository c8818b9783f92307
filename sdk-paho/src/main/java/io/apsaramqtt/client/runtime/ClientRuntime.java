package io.apsaramqtt.client.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Time, chance and threads of one client. Thread-safe. */
public interface ClientRuntime {

    /** Tells the time. */
    Clock clock();

    /** Throws the dice. */
    RandomGenerator random();

    /** Runs what may block or belongs to the user on a worker; tasks may overtake each other. */
    void execute(Runnable task);

    /** Runs {@code task} on a worker after {@code delay}; the result cancels it, if it has not begun. */
    Runnable after(Duration delay, Runnable task);

    /** Ends the threads; waits up to {@code limit} for work in progress, unless called from within it. */
    void close(Duration limit);
}
