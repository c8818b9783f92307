package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final List<Duration> waits = new ArrayList<>();
    private final Pace pace = new Pace(20, now::get, time -> {
        waits.add(time);
        now.addAndGet(time.toNanos());
    });

    @Test
    void callsAtOnceAreSpacedByATwentiethOfASecond() throws InterruptedException {
        long before = now.get();
        for (int i = 0; i < 41; i++) {
            pace.await();
        }
        assertThat(Duration.ofNanos(now.get() - before)).isEqualTo(Duration.ofSeconds(2));
        assertThat(waits).hasSize(40).containsOnly(Duration.ofMillis(50));
    }

    @Test
    void aPauseIsNotSavedUpForABurst() throws InterruptedException {
        pace.await();
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        pace.await();
        pace.await();
        assertThat(waits).containsExactly(Duration.ofMillis(50));
    }

    @Test
    void waitsAfterFailuresAreRandomBelowABoundThatDoubles() {
        Backoff backoff = new Backoff(9, Duration.ofMillis(500), Duration.ofSeconds(5), new Random(7));
        for (int failed = 1; failed < 60; failed++) {
            long bound = Math.min(500L << Math.min(failed - 1, 10), 5_000);
            assertThat(backoff.wait(failed)).isBetween(Duration.ZERO, Duration.ofMillis(bound));
        }
        assertThat(backoff.wait(1)).isNotEqualTo(backoff.wait(1));
    }
}
