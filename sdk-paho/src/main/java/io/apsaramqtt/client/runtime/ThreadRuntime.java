package io.apsaramqtt.client.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.Random;
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

    /** Whose thread this is: what users gave us runs on it, and {@code close()} must not wait for it from within it. */
    private static final ThreadLocal<ThreadRuntime> OWNER = new ThreadLocal<>();

    private final Clock clock;
    private final RandomGenerator random;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService workers;

    /** Threads named after {@code clientId}. */
    public ThreadRuntime(String clientId) {
        this(clientId, Clock.systemUTC(), new Random(), workers(clientId));
    }

    /** Threads named after {@code clientId}, with a clock and a chance of its own. */
    public ThreadRuntime(String clientId, Clock clock, RandomGenerator random) {
        this(clientId, clock, random, workers(clientId));
    }

    /** Workers of {@code workerThreads}, a timer named after {@code clientId}. */
    public ThreadRuntime(String clientId, ThreadFactory workerThreads) {
        this(clientId, Clock.systemUTC(), new Random(), workerThreads);
    }

    private ThreadRuntime(String clientId, Clock clock, RandomGenerator random, ThreadFactory workerThreads) {
        this.clock = clock;
        this.random = random;
        timer = new ScheduledThreadPoolExecutor(1, owned(daemons("apsara-mqtt-timer-" + clientId)));
        timer.setRemoveOnCancelPolicy(true);
        workers = Executors.newCachedThreadPool(owned(workerThreads));
    }

    private static ThreadFactory workers(String clientId) {
        return daemons("apsara-mqtt-worker-" + clientId);
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private ThreadFactory owned(ThreadFactory threads) {
        return task -> threads.newThread(() -> {
            OWNER.set(this);
            task.run();
        });
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
        if (OWNER.get() == this) {
            return;
        }
        try {
            workers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
