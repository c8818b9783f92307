package io.apsaramqtt.openapi;

import io.apsaramqtt.permission.source.PermissionSourceException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Runs calls side by side, a few at a time. A task must not start others here: it would wait for itself. Thread-safe. */
final class Concurrently {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ExecutorService threads;

    /** At most {@code calls} at a time, on daemon threads that end when there is nothing to do. */
    Concurrently(int calls) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(calls, calls, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "apsara-mqtt-openapi-" + NUMBER.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    /** Starts a task; what is returned waits for it, and throws what it threw. */
    <T> Supplier<T> start(Supplier<T> task) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(task, threads);
        return () -> waited(result);
    }

    /** The results, in the order of the tasks; the first failure in that order if there is one. */
    static <T> List<T> all(List<Supplier<T>> started) {
        return started.stream().map(Supplier::get).toList();
    }

    private static <T> T waited(CompletableFuture<T> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("A call ended in an error of the Java runtime", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PermissionSourceException.temporary("RAM", "was not waited for: the thread was interrupted", e);
        }
    }
}
