package io.apsaramqtt.client.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.apsaramqtt.client.Futures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadRuntimeTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final CountDownLatch release = new CountDownLatch(1);
    private final ThreadRuntime runtime = new ThreadRuntime("GID_a@@@runtime");

    @AfterEach
    void close() {
        release.countDown();
        runtime.close(LONG);
    }

    /** A worker that is busy until the test lets it go. */
    private Thread busyWorker() {
        CompletableFuture<Thread> busy = new CompletableFuture<>();
        runtime.execute(() -> {
            busy.complete(Thread.currentThread());
            awaitRelease();
        });
        return Futures.get(busy);
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void workersAreDaemonsNamedAfterTheClientAndNumbered() {
        assertThat(busyWorker())
                .satisfies(worker -> assertThat(worker.isDaemon()).isTrue())
                .extracting(Thread::getName)
                .isEqualTo("apsara-mqtt-worker-GID_a@@@runtime-1");
        assertThat(busyWorker().getName()).isEqualTo("apsara-mqtt-worker-GID_a@@@runtime-2");
    }

    @Test
    void aTimerRunsItsTaskOnAWorkerWhileOthersAreBusy() {
        busyWorker();
        CompletableFuture<String> ran = new CompletableFuture<>();
        runtime.after(
                Duration.ofMillis(1), () -> ran.complete(Thread.currentThread().getName()));
        assertThat(Futures.get(ran)).startsWith("apsara-mqtt-worker-GID_a@@@runtime-");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .contains("apsara-mqtt-timer-GID_a@@@runtime-1");
    }

    @Test
    void aCancelledTimerNeverRuns() {
        AtomicBoolean ran = new AtomicBoolean();
        CompletableFuture<Void> later = new CompletableFuture<>();
        long begun = System.nanoTime();
        runtime.after(Duration.ofMillis(200), () -> ran.set(true)).run();
        assumeThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("time until the timer was cancelled")
                .isLessThan(Duration.ofMillis(200));
        runtime.after(Duration.ofMillis(250), () -> later.complete(null));
        Futures.get(later);
        assertThat(ran).isFalse();
    }

    @Test
    void clockAndChanceAreThoseHandedIn() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        RandomGenerator random = new Random(1);
        ThreadRuntime other = new ThreadRuntime("GID_a@@@b", clock, random);
        assertThat(other.clock()).isSameAs(clock);
        assertThat(other.random()).isSameAs(random);
        other.close(LONG);
    }

    @Test
    void theCloseWaitsForWorkInProgress() throws InterruptedException {
        Thread worker = busyWorker();
        Thread closing = new Thread(() -> runtime.close(LONG));
        closing.start();
        awaitBlocked(closing);
        assertThat(worker.isAlive()).isTrue();
        release.countDown();
        closing.join();
        worker.join();
    }

    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(thread.isAlive()).as("waits").isTrue();
            Thread.onSpinWait();
        }
    }

    @Test
    void theCloseWaitsNoLongerThanItsLimit() {
        Thread worker = busyWorker();
        runtime.close(Duration.ofMillis(1));
        assertThat(worker.isAlive()).isTrue();
    }

    @Test
    void theCloseKeepsTheInterruptionOfItsThread() {
        busyWorker();
        Thread.currentThread().interrupt();
        runtime.close(LONG);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aTaskThatClosesItsRuntimeDoesNotWaitForItself() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        runtime.execute(() -> {
            runtime.close(LONG);
            closed.complete(null);
        });
        Futures.get(closed);
    }

    @Test
    void aTaskThatClosesAnotherClientsRuntimeWaits() {
        ThreadRuntime other = new ThreadRuntime("GID_a@@@other");
        Thread worker = busyWorker();
        CompletableFuture<Thread> closing = new CompletableFuture<>();
        CompletableFuture<Boolean> isAlive = new CompletableFuture<>();
        other.execute(() -> {
            closing.complete(Thread.currentThread());
            runtime.close(LONG);
            isAlive.complete(release.getCount() > 0);
        });
        awaitBlocked(Futures.get(closing));
        assertThat(worker.isAlive()).isTrue();
        release.countDown();
        assertThat(Futures.get(isAlive)).as("closed while work was in progress").isFalse();
        other.close(LONG);
    }

    @Test
    void workersMayBeThreadsOfTheApplication() {
        CompletableFuture<Thread> made = new CompletableFuture<>();
        ThreadRuntime other = new ThreadRuntime("GID_a@@@other", task -> {
            Thread thread = new Thread(task, "of the application");
            made.complete(thread);
            return thread;
        });
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        other.execute(() -> {
            other.close(LONG);
            ran.complete(Thread.currentThread());
        });
        assertThat(Futures.get(ran)).isSameAs(Futures.get(made));
    }

    @Test
    void afterTheCloseTasksRunOnTheirCallersThreadAndTimersNever() {
        AtomicBoolean timer = new AtomicBoolean();
        runtime.after(LONG, () -> timer.set(true));
        runtime.close(LONG);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        runtime.execute(() -> thread.complete(Thread.currentThread()));
        assertThat(thread).isCompletedWithValue(Thread.currentThread());
        runtime.after(Duration.ZERO, () -> timer.set(true)).run();
        assertThat(timer).isFalse();
    }
}
