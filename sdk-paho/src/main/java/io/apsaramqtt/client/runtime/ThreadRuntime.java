package io.apsaramqtt.client.runtime;

import java.time.Clock;
import java.time.Duration;
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
public final class ThreadRuntime implements ClientRuntime {

    private final Clock clock;
    private final RandomGenerator random;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService workers;

    /** Threads named after {@code clientId}. */
    public ThreadRuntime(String clientId) {
        this(clientId, Clock.systemUTC(), RandomGenerator.getDefault());
    }

    /** Threads named after {@code clientId}, with a clock and a chance of its own. */
    public ThreadRuntime(String clientId, Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        timer = new ScheduledThreadPoolExecutor(1, threads("apsara-mqtt-timer-" + clientId));
        timer.setRemoveOnCancelPolicy(true);
        workers = Executors.newCachedThreadPool(threads("apsara-mqtt-worker-" + clientId));
    }

    /** A thread that runs what users gave us; {@code close()} must not wait for it from within it. */
    private static final class WorkerThread extends Thread {

        private final ThreadRuntime runtime;

        WorkerThread(ThreadRuntime runtime, Runnable task, String name) {
            super(task, name);
            this.runtime = runtime;
            setDaemon(true);
        }
    }

    private ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> new WorkerThread(this, task, name + "-" + count.incrementAndGet());
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
    public Runnable after(Duration delay, Runnable task) {
        try {
            var scheduled = timer.schedule(() -> execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void execute(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException closed) {
            // After the close nobody waits for anything but to be told so.
            task.run();
        }
    }

    @Override
    public void close(Duration limit) {
        timer.shutdownNow();
        workers.shutdown();
        // The worker of another client waits like anyone else.
        if (Thread.currentThread() instanceof WorkerThread worker && worker.runtime == this) {
            return;
        }
        try {
            workers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
