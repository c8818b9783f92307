package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedPermissionSourceTest {

    private final ManualClock clock = new ManualClock();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger readings = new AtomicInteger();
    private volatile RuntimeException failure = new IllegalStateException("not set");
    private volatile boolean failing;

    private final PermissionSource inTurn =
            new SharedPermissionSource("the source", this::read, Runnable::run, Duration.ofSeconds(10), clock);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private EffectivePermissions read() {
        int number = readings.incrementAndGet();
        if (failing) {
            throw failure;
        }
        return EffectivePermissions.unknown("reading " + number, clock.instant(), "test");
    }

    @Test
    void whatWasReadAfterTheMomentAsksNothing() {
        EffectivePermissions first = inTurn.load();
        Instant readAt = clock.instant();
        clock.advance(Duration.ofMinutes(5));
        assertThat(inTurn.load(readAt.minusMillis(1))).isSameAs(first);
        assertThat(readings).hasValue(1);
        assertThat(inTurn.load(readAt)).as("not after that moment").isNotSameAs(first);
        assertThat(readings).hasValue(2);
    }

    @Test
    void aPlainLoadAlwaysReads() {
        inTurn.load();
        inTurn.load();
        assertThat(readings).hasValue(2);
    }

    @Test
    void aFailureAnswersForFiveSecondsAndIsThatOfTheSource() {
        failing = true;
        failure = PermissionSourceException.temporary("RAM", "is down", null);
        assertThatThrownBy(inTurn::load).hasMessage(failure.getMessage()).hasCause(failure);
        clock.advance(Duration.ofSeconds(5).minusMillis(1));
        assertThatThrownBy(inTurn::load).hasMessage(failure.getMessage());
        assertThat(catchThrowableOfType(PermissionSourceException.class, inTurn::load))
                .returns("RAM", PermissionSourceException::source)
                .returns(true, PermissionSourceException::isTemporary);
        assertThat(readings).hasValue(1);
        failing = false;
        clock.advance(Duration.ofMillis(1));
        assertThat(inTurn.load()).isNotNull();
        assertThat(readings).hasValue(2);
    }

    @Test
    void whoAsksWhileItIsReadWaitsForThatReadingOrTheNextAndThereIsNoThird() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        PermissionSource slow = new SharedPermissionSource(
                "slow",
                () -> {
                    begun.countDown();
                    await(goOn);
                    return read();
                },
                threads,
                Duration.ofSeconds(30),
                clock);
        Instant before = clock.instant().minusSeconds(1);
        List<CompletableFuture<EffectivePermissions>> first = new ArrayList<>();
        first.add(CompletableFuture.supplyAsync(() -> slow.load(before), threads));
        await(begun);
        Instant meanwhile = clock.instant();
        for (int i = 0; i < 20; i++) {
            first.add(CompletableFuture.supplyAsync(() -> slow.load(before), threads));
        }
        clock.advance(Duration.ofSeconds(1));
        List<CompletableFuture<EffectivePermissions>> second = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            second.add(CompletableFuture.supplyAsync(() -> slow.load(meanwhile), threads));
        }
        Awaitility.await().until(() -> waitingThreads() >= 41);
        goOn.countDown();
        assertThat(first.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(second.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(first.get(0).join()).isNotSameAs(second.get(0).join());
        assertThat(readings).hasValue(2);
    }

    private static long waitingThreads() {
        return Thread.getAllStackTraces().values().stream()
                .filter(frames -> java.util.Arrays.stream(frames)
                        .anyMatch(frame -> frame.getClassName().endsWith("SharedPermissionSource")
                                && frame.getMethodName().equals("waited")))
                .count();
    }

    @Test
    void whoeverWaitsTooLongIsToldSoAndTheReadingGoesOn() {
        CountDownLatch goOn = new CountDownLatch(1);
        PermissionSource slow = new SharedPermissionSource(
                "slow",
                () -> {
                    await(goOn);
                    return read();
                },
                threads,
                Duration.ofMillis(50),
                clock);
        Instant before = clock.instant().minusSeconds(1);
        PermissionSourceException none = catchThrowableOfType(PermissionSourceException.class, () -> slow.load(before));
        assertThat(none.isTemporary()).isTrue();
        assertThat(none).hasMessage("Permission source [slow] has not answered within 50 ms; it is still being asked");
        goOn.countDown();
        Awaitility.await().ignoreExceptions().until(() -> slow.load(before) != null);
        assertThat(readings).hasValue(1);
    }

    @Test
    void anInterruptedThreadWaitsNoLonger() {
        PermissionSource never =
                new SharedPermissionSource("never", () -> read(), task -> {}, Duration.ofSeconds(30), clock);
        Thread.currentThread().interrupt();
        assertThatThrownBy(never::load).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theFactoryNamesItAndWatchesThroughIt() throws Exception {
        AtomicInteger told = new AtomicInteger();
        PermissionSource watched = new PermissionSource() {
            @Override
            public EffectivePermissions load() {
                return read();
            }

            @Override
            public AutoCloseable watch(Runnable changed) {
                changed.run();
                return () -> {};
            }
        };
        PermissionSource shared = PermissionSource.shared("mine", watched);
        shared.watch(told::incrementAndGet).close();
        assertThat(told).hasValue(1);
        assertThat(shared).hasToString("mine");
        assertThat(shared).extracting("patience").isEqualTo(Duration.ofSeconds(10));
        assertThat(shared.load().source()).isEqualTo("test");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
