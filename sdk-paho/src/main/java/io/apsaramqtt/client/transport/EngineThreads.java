package io.apsaramqtt.client.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads of one connection, a new one for each task, that tell when one dies. Paho's receiver ends without a word on an
 * exception that it does not expect, and the connection stays open though nobody reads it.
 *
 * <p>Thread-safe. There is nothing to shut down: a thread ends with its task.
 */
public final class EngineThreads extends AbstractExecutorService {

    private final Consumer<Throwable> died;
    private final Map<Thread, Runnable> running = new ConcurrentHashMap<>();

    /** Tells {@code died} what ended a thread, on that thread. */
    public EngineThreads(Consumer<Throwable> died) {
        this.died = died;
    }

    @Override
    public void execute(Runnable task) {
        new Thread(() -> run(task)).start();
    }

    private void run(Runnable task) {
        Thread thread = Thread.currentThread();
        running.put(thread, task);
        try {
            task.run();
        } catch (Throwable cause) {
            died.accept(cause);
        } finally {
            running.remove(thread);
        }
    }

    /**
     * Interrupts the threads of the tasks of this kind that run now. A loop of Paho's that looks whether it is to end only when
     * it is woken misses a call that comes just before it waits, but not an interrupt.
     */
    public void interrupt(Class<? extends Runnable> kind) {
        running.forEach((thread, task) -> {
            if (kind.isInstance(task)) {
                thread.interrupt();
            }
        });
    }

    /** As {@code execute}. To cancel the future does nothing: Paho cancels its loops where it only means to ask them. */
    @Override
    public Future<?> submit(Runnable task) {
        execute(task);
        return new CompletableFuture<Void>();
    }

    @Override
    public void shutdown() {
        // Nothing is kept.
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
