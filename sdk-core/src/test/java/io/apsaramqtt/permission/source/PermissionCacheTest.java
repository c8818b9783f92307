package io.apsaramqtt.permission.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Freshness;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class PermissionCacheTest {

    private static final Duration FRESH_FOR = Duration.ofMinutes(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration EXPIRES_AFTER = Duration.ofHours(1);

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor executor = new ManualExecutor();
    private final PermissionSource source = mock(CALLS_REAL_METHODS);
    private final PermissionCache cache =
            new PermissionCache(source, new CacheTimes(FRESH_FOR, EXPIRES_AFTER, RETRY_AFTER), executor, clock);

    @Test
    void readsAtTheFirstQuestionOnlyWhileTheCopyIsFresh() {
        EffectivePermissions read = read();
        when(source.load()).thenReturn(read);
        assertThat(cache.get()).isSameAs(read);
        clock.advance(FRESH_FOR.minusNanos(1));
        assertThat(cache.get()).isSameAs(read);
        assertThat(cache.freshness(read)).isEqualTo(Freshness.FRESH);
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

        assertThat(cache.freshness(old)).isEqualTo(Freshness.STALE);
        assertThat(cache.get()).isSameAs(old);
        assertThat(cache.get()).isSameAs(old);
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll();
        assertThat(cache.get()).isSameAs(fresh);
        assertThat(executor.waiting()).isZero();
        verify(source, times(2)).load();
    }

    @Test
    void tellsWhatIsKnownWithoutReadingAnything() {
        assertThat(cache.known()).isEmpty();
        EffectivePermissions read = read();
        when(source.load()).thenReturn(read);
        cache.get();
        clock.advance(FRESH_FOR);
        assertThat(cache.known()).containsSame(read);
        clock.advance(EXPIRES_AFTER);
        assertThat(cache.known().orElseThrow().grants()).isInstanceOf(Grants.Unknown.class);
        assertThat(executor.waiting()).isZero();
        verify(source, times(1)).load();
    }

    @Test
    void aFailedRefreshKeepsTheLastGoodCopyAndTriesAgain() {
        EffectivePermissions old = staleCopy();
        when(source.load()).thenThrow(new PermissionSourceException("policy.json", "is gone", new IOException("x")));
        assertThat(cache.get()).isSameAs(old);
        executor.runAll();
        assertThat(cache.get()).isSameAs(old);
        assertThat(executor.waiting()).as("not at once").isZero();
        clock.advance(RETRY_AFTER);
        assertThat(cache.get()).isSameAs(old);
        assertThat(executor.waiting()).as("another refresh").isEqualTo(1);
    }

    @Test
    void theWaitAfterAFailureDoublesUpToTheTimeACopyIsFresh() {
        staleCopy();
        when(source.load()).thenThrow(new PermissionSourceException("policy.json", "is gone", new IOException("x")));
        Duration wait = RETRY_AFTER;
        for (int failures = 1; failures <= 10; failures++) {
            cache.get();
            executor.runAll();
            clock.advance(wait.minusNanos(1));
            cache.get();
            assertThat(executor.waiting())
                    .as("too early after failure " + failures)
                    .isZero();
            clock.advance(Duration.ofNanos(1));
            wait = wait.multipliedBy(2).compareTo(FRESH_FOR) < 0 ? wait.multipliedBy(2) : FRESH_FOR;
        }
        cache.get();
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void anExpiredCopyDeniesNothingAndIsStillRefreshed() {
        EffectivePermissions old = staleCopy();
        clock.advance(EXPIRES_AFTER.minus(FRESH_FOR));
        EffectivePermissions expired = cache.get();
        assertThat(expired.grants()).isInstanceOf(Grants.Unknown.class);
        assertThat(expired.readAt()).isEqualTo(old.readAt());
        assertThat(cache.get())
                .as("one object, by which verdicts are remembered")
                .isSameAs(expired);
        assertThat(cache.freshness(expired)).isEqualTo(Freshness.EXPIRED);

        EffectivePermissions fresh = read();
        when(source.load()).thenReturn(fresh);
        executor.runAll();
        assertThat(cache.get()).isSameAs(fresh);
    }

    @Test
    void anInvalidatedCopyIsReadAnewThoughItIsYoung() {
        EffectivePermissions old = read();
        when(source.load()).thenReturn(old);
        cache.get();
        cache.invalidate();
        assertThat(cache.get()).isSameAs(old);
        assertThat(cache.freshness(old)).isEqualTo(Freshness.STALE);
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void whatIsInvalidatedWhileItIsReadIsReadOnceMore() {
        EffectivePermissions before = staleCopy();
        EffectivePermissions after = read();
        when(source.load())
                .thenAnswer(call -> {
                    cache.invalidate();
                    return before;
                })
                .thenReturn(after);
        cache.get();
        executor.runAll();
        assertThat(cache.get()).isSameAs(after);
    }

    @Test
    void tellsOfAChangeAndOnlyOfAChange() {
        List<String> told = new ArrayList<>();
        cache.addListener((before, after) -> told.add(before.source() + " to " + after.source()));
        staleCopy();
        when(source.load()).thenReturn(unknown("same"), unknown("other"), unknown("other"));
        for (int i = 0; i < 3; i++) {
            cache.invalidate();
            cache.get();
            executor.runAll();
        }
        assertThat(told).containsExactly("policy.json to same", "same to other");
    }

    @Test
    void policiesThatReadTheSameAreNoChangeAndOthersAre() {
        List<String> told = new ArrayList<>();
        cache.addListener((before, after) -> told.add(after.source()));
        when(source.load())
                .thenReturn(granted("first", "mq:PUB"), granted("same", "mq:PUB"), granted("other", "mq:SUB"));
        cache.get();
        for (int i = 0; i < 2; i++) {
            cache.invalidate();
            cache.get();
            executor.runAll();
        }
        assertThat(told).containsExactly("other");
    }

    @Test
    void aSourceThatAnswersWithWhatItReadLongAgoIsNotAskedAtEveryQuestion() {
        EffectivePermissions old = read();
        clock.advance(FRESH_FOR.multipliedBy(2));
        when(source.load()).thenReturn(old);
        assertThat(cache.get()).isSameAs(old);
        cache.get();
        assertThat(executor.waiting()).as("right after it was read").isZero();
        clock.advance(RETRY_AFTER);
        cache.get();
        executor.runAll();
        cache.get();
        assertThat(executor.waiting()).as("right after it was read again").isZero();
        assertThat(cache.freshness(old)).isEqualTo(Freshness.STALE);
        verify(source, times(2)).load();
    }

    private EffectivePermissions granted(String from, String action) {
        PolicySet policies = PolicySet.parse(
                "p",
                "{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"" + action
                        + "\", \"Resource\": \"*\"}]}");
        return EffectivePermissions.of(policies, clock.instant(), from);
    }

    @Test
    void aListenerThatThrowsDisturbsNobody() {
        List<String> told = new ArrayList<>();
        cache.addListener((before, after) -> {
            throw new IllegalStateException("defect of a listener");
        });
        cache.addListener((before, after) -> told.add(after.source()));
        staleCopy();
        when(source.load()).thenReturn(unknown("other"));
        cache.get();
        executor.runAll();
        assertThat(told).containsExactly("other");
    }

    @Test
    void timesThatDoNotRiseAreRefused() {
        assertThatThrownBy(() -> new CacheTimes(FRESH_FOR, RETRY_AFTER, RETRY_AFTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("freshFor PT5M, expiresAfter PT5S");
        assertThatThrownBy(() -> new CacheTimes(FRESH_FOR, EXPIRES_AFTER, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private EffectivePermissions unknown(String reason) {
        return EffectivePermissions.unknown(reason, clock.instant(), reason);
    }

    @Test
    void aDefectiveSourceKeepsTheLastGoodCopyToo() {
        EffectivePermissions old = staleCopy();
        when(source.load()).thenThrow(new IllegalStateException("defect"));
        cache.get();
        executor.runAll();
        clock.advance(RETRY_AFTER);
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
    void aSourceThatMayAnswerLaterStopsNobodyAndIsAskedAgainBehind() {
        List<String> told = new ArrayList<>();
        cache.addListener((before, after) -> told.add(before.source() + " to " + after.source()));
        PermissionSourceException down = PermissionSourceException.temporary("RAM", "is down", null);
        when(source.load()).thenThrow(down);
        EffectivePermissions none = cache.get();
        assertThat(none.grants())
                .isEqualTo(new Grants.Unknown("they could not be read yet: Permission source [RAM] is down"));
        assertThat(cache.get())
                .as("one object, by which verdicts are remembered")
                .isSameAs(none);
        assertThat(executor.waiting()).as("not at once").isZero();
        clock.advance(RETRY_AFTER);
        assertThat(cache.get()).isSameAs(none);
        executor.runAll();
        clock.advance(RETRY_AFTER.multipliedBy(2).minusMillis(1));
        cache.get();
        assertThat(executor.waiting()).as("the wait doubles").isZero();

        EffectivePermissions read = read();
        doReturn(read).when(source).load();
        clock.advance(Duration.ofMillis(1));
        cache.get();
        executor.runAll();
        assertThat(cache.get()).isSameAs(read);
        assertThat(told).containsExactly("RAM to policy.json");
    }

    @Test
    void nothingOlderThanACopyMayBeIsWantedNorAnythingFromBeforeItWasInvalidated() {
        List<Instant> wanted = new ArrayList<>();
        when(source.load(any())).thenAnswer(call -> {
            wanted.add(call.getArgument(0));
            return read();
        });
        cache.get();
        clock.advance(FRESH_FOR.plusSeconds(3));
        Instant stale = clock.instant().minus(FRESH_FOR);
        cache.get();
        executor.runAll();
        clock.advance(Duration.ofSeconds(1));
        Instant invalidated = clock.instant();
        cache.invalidate();
        clock.advance(Duration.ofSeconds(1));
        cache.get();
        executor.runAll();
        assertThat(wanted.subList(1, 3)).containsExactly(stale, invalidated);
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
