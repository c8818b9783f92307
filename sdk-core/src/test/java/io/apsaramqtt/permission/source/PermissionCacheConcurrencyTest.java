package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.policy.PolicySet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PermissionCacheConcurrencyTest {

    private static final int THREADS = 8;

    @Test
    @Timeout(30)
    void manyThreadsThatAskFirstShareOneRead() throws Exception {
        CountDownLatch allAsk = new CountDownLatch(THREADS);
        AtomicInteger loads = new AtomicInteger();
        PermissionSource source = () -> {
            loads.incrementAndGet();
            await(allAsk);
            return EffectivePermissions.of(PolicySet.of(), Clock.systemUTC().instant(), "policy.json");
        };
        PermissionCache cache = new PermissionCache(source, CacheTimes.standard(), Runnable::run, Clock.systemUTC());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<EffectivePermissions>> answers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                answers.add(threads.submit(() -> {
                    allAsk.countDown();
                    return cache.get();
                }));
            }
            for (Future<EffectivePermissions> answer : answers) {
                assertThat(answer.get()).isSameAs(cache.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(loads).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
