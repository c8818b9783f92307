package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EngineThreadsTest {

    private final CompletableFuture<Throwable> death = new CompletableFuture<>();
    private final EngineThreads threads = new EngineThreads(death::complete);

    @Test
    void eachTaskHasAThreadOfItsOwn() {
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<Thread> second = new CompletableFuture<>();
        threads.execute(() -> {
            first.complete(Thread.currentThread());
            second.join();
        });
        threads.submit(() -> second.complete(Thread.currentThread()));
        assertThat(Futures.get(second)).isNotSameAs(Futures.get(first));
        assertThat(death).isNotDone();
    }

    @Test
    void whatEndsAThreadIsTold() {
        Error error = new NoClassDefFoundError("of a test");
        Runnable dying = () -> {
            throw error;
        };
        threads.submit(dying);
        assertThat(Futures.get(death)).isSameAs(error);
    }

    @Test
    void toCancelDoesNotInterrupt() {
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Future<?> future = threads.submit(() -> {
            try {
                cancelled.await();
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        future.cancel(true);
        cancelled.countDown();
        assertThat(Futures.get(interrupted)).isFalse();
    }

    /** Looks whether it was interrupted when it is told to. */
    private static final class Looking implements Runnable {

        private final CompletableFuture<Boolean> started = new CompletableFuture<>();
        private final CompletableFuture<Void> told = new CompletableFuture<>();
        private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

        @Override
        public void run() {
            started.complete(true);
            told.join();
            interrupted.complete(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void onlyTasksOfTheKindAreInterrupted() {
        Looking looking = new Looking();
        Looking other = new Looking();
        threads.submit(looking);
        threads.submit(() -> other.run());
        Futures.get(looking.started);
        Futures.get(other.started);

        threads.interrupt(Looking.class);
        looking.told.complete(null);
        other.told.complete(null);

        assertThat(Futures.get(looking.interrupted)).isTrue();
        assertThat(Futures.get(other.interrupted)).isFalse();
    }

    @Test
    void thereIsNothingToShutDown() {
        threads.shutdown();
        assertThat(threads.shutdownNow()).isEmpty();
        assertThat(threads.isShutdown()).isFalse();
        assertThat(threads.isTerminated()).isFalse();
        assertThat(threads.awaitTermination(1, java.util.concurrent.TimeUnit.NANOSECONDS))
                .isFalse();
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        threads.execute(() -> ran.complete(true));
        assertThat(Futures.get(ran)).isTrue();
    }
}
