package io.apsaramqtt.client.session;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Time, chance and threads of one client: a timer that only fires, and workers that run listeners, the completions of
 * futures, and whatever may block. Idle workers end after a minute.
 *
 * <p>Thread-safe.
 */
public final class SessionRuntime {

    private final Clock clock;
    private final RandomGenerator random;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService workers;

    /** Threads named after {@code clientId}. */
    public SessionRuntime(String clientId) {
        this(clientId, Clock.systemUTC(), RandomGenerator.getDefault());
    }

    SessionRuntime(String clientId, Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        timer = new ScheduledThreadPoolExecutor(1, threads("apsara-mqtt-timer-" + clientId));
        timer.setRemoveOnCancelPolicy(true);
        workers = Executors.newCachedThreadPool(threads("apsara-mqtt-worker-" + clientId));
    }

    /** A thread that runs what users gave us; {@code close()} must not wait for it from within it. */
    private static final class WorkerThread extends Thread {
        WorkerThread(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> new WorkerThread(task, name + "-" + count.incrementAndGet());
    }

    /** Tells the time. */
    public Clock clock() {
        return clock;
    }

    /** Runs what may block or belongs to the user. */
    public Executor workers() {
        return this::work;
    }

    RandomGenerator random() {
        return random;
    }

    /** Runs {@code task} on a worker after {@code delay}; the result cancels it. */
    Runnable after(Duration delay, Runnable task) {
        try {
            var scheduled = timer.schedule(() -> work(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    private void work(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException closed) {
            // After the close nobody waits for anything but to be told so.
            task.run();
        }
    }

    /** Ends the threads; waits up to {@code limit} for work in progress, unless called from within it. */
    void close(Duration limit) {
        timer.shutdownNow();
        workers.shutdown();
        if (Thread.currentThread() instanceof WorkerThread) {
            return;
        }
        try {
            workers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
