package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.policy.PolicySet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class PermissionCacheTest {

    private static final Duration FRESH_FOR = Duration.ofMinutes(5);

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor executor = new ManualExecutor();
    private final PermissionSource source = mock();
    private final PermissionCache cache = new PermissionCache(source, FRESH_FOR, executor, clock);

    @Test
    void readsAtTheFirstQuestionOnlyWhileTheCopyIsFresh() {
        EffectivePermissions read = read();
        when(source.load()).thenReturn(read);
        assertThat(cache.get()).isSameAs(read);
        clock.advance(FRESH_FOR.minusNanos(1));
        assertThat(cache.get()).isSameAs(read);
        assertThat(cache.isFresh(read)).isTrue();
        assertThat(executor.waiting()).isZero();
        verify(source, times(1)).load();
    }

    @Test
    void servesTheStaleCopyWhileOneRefreshRuns() {
        EffectivePermissions old = read();
        when(source.load()).thenReturn(old);
        cache.get();
        clock.advance(FRESH_FOR);
        EffectivePermissions fresh = read();
        when(source.load()).thenReturn(fresh);

        assertThat(cache.isFresh(old)).isFalse();
        assertThat(cache.get()).isSameAs(old);
        assertThat(cache.get()).isSameAs(old);
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll();
        assertThat(cache.get()).isSameAs(fresh);
        assertThat(executor.waiting()).isZero();
        verify(source, times(2)).load();
    }

    @Test
    void aFailedRefreshKeepsTheLastGoodCopyAndTriesAgain() {
        EffectivePermissions old = staleCopy();
        when(source.load()).thenThrow(new PermissionSourceException("policy.json", "is gone", new IOException("x")));
        assertThat(cache.get()).isSameAs(old);
        executor.runAll();
        assertThat(cache.get()).isSameAs(old);
        assertThat(executor.waiting()).as("another refresh").isEqualTo(1);
    }

    @Test
    void aDefectiveSourceKeepsTheLastGoodCopyToo() {
        EffectivePermissions old = staleCopy();
        when(source.load()).thenThrow(new IllegalStateException("defect"));
        cache.get();
        executor.runAll();
        assertThat(cache.get()).isSameAs(old);
        assertThat(executor.waiting()).as("another refresh").isEqualTo(1);
    }

    @Test
    void anExecutorThatIsShutDownKeepsTheLastGoodCopyToo() {
        EffectivePermissions old = staleCopy();
        executor.shutDown();
        assertThat(cache.get()).isSameAs(old);
        executor.startAgain();
        assertThat(cache.get()).isSameAs(old);
        assertThat(executor.waiting()).as("another refresh").isEqualTo(1);
    }

    @Test
    void theFirstReadThrowsWhatTheSourceThrowsAndTheNextTriesAgain() {
        PermissionSourceException gone = new PermissionSourceException("policy.json", "is gone", new IOException("x"));
        EffectivePermissions read = read();
        when(source.load()).thenThrow(gone).thenReturn(read);
        assertThatThrownBy(cache::get).isSameAs(gone);
        assertThat(cache.get()).isSameAs(read);
    }

    @Test
    void theExecutorOfThisTestRefusesWorkAsOthersDo() {
        executor.shutDown();
        assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private EffectivePermissions staleCopy() {
        EffectivePermissions old = read();
        when(source.load()).thenReturn(old);
        cache.get();
        clock.advance(FRESH_FOR);
        return old;
    }

    private EffectivePermissions read() {
        return EffectivePermissions.of(PolicySet.of(), clock.instant(), "policy.json");
    }
}
