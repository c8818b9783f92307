package io.apsaramqtt.credentials;

import static io.apsaramqtt.time.ManualClock.START;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.time.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class RefreshingCredentialsProviderTest {

    /** No jitter. */
    private static final RandomGenerator NO_CHANCE = () -> 0;

    /** All but the whole of the jitter. */
    private static final RandomGenerator FULL_CHANCE = () -> -1;

    private final ManualClock clock = new ManualClock();
    private final Deque<Runnable> behind = new ArrayDeque<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final Logger logger = (Logger) LoggerFactory.getLogger(RefreshingCredentialsProvider.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private volatile Supplier<AccessKey> answer = () -> key(ofHours(1));

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    /** Expires that long after the start. */
    private AccessKey key(Duration end) {
        return AccessKey.temporary("STS.N" + questions.get(), "s", "t", START.plus(end));
    }

    private AccessKey ask() {
        questions.incrementAndGet();
        return answer.get();
    }

    private CredentialsProvider refreshing(RandomGenerator random) {
        return CredentialsProvider.refreshing(this::ask, behind::add, clock, random);
    }

    private void runBehind() {
        behind.remove().run();
    }

    private static AccessKey failing() {
        throw CredentialsException.of("STS", "is down");
    }

    @Test
    void aTemporaryAccessKeyIsKeptUntilATenthOfItsLifeIsLeft() {
        answer = () -> key(ofMinutes(100));
        CredentialsProvider provider = refreshing(NO_CHANCE);
        AccessKey first = provider.resolve();
        clock.moveTo(ofMinutes(90).minusMillis(1));
        assertThat(provider.resolve()).isSameAs(first);
        assertThat(behind).isEmpty();
        clock.moveTo(ofMinutes(90));
        answer = () -> key(ofMinutes(190));
        assertThat(provider.resolve()).isSameAs(first);
        assertThat(provider.resolve()).isSameAs(first);
        assertThat(behind).as("one refresh for any number of questions").hasSize(1);
        runBehind();
        assertThat(provider.resolve().id()).isEqualTo("STS.N2");
        assertThat(questions).hasValue(2);
        assertThat(log.list).isEmpty();
    }

    @Test
    void aShortLifeIsRefreshedFiveMinutesAheadAndAtMostInItsMiddle() {
        answer = () -> key(ofMinutes(15));
        CredentialsProvider quarter = refreshing(NO_CHANCE);
        quarter.resolve();
        clock.moveTo(ofMinutes(10).minusMillis(1));
        quarter.resolve();
        assertThat(behind).isEmpty();
        clock.moveTo(ofMinutes(10));
        quarter.resolve();
        assertThat(behind).hasSize(1);

        clock.moveTo(Duration.ZERO);
        behind.clear();
        answer = () -> key(ofMinutes(1));
        CredentialsProvider minute = refreshing(NO_CHANCE);
        minute.resolve();
        clock.moveTo(ofSeconds(29));
        minute.resolve();
        assertThat(behind).isEmpty();
        clock.moveTo(ofSeconds(30));
        minute.resolve();
        assertThat(behind).hasSize(1);
    }

    @Test
    void chanceSpreadsTheRefreshesOfAFleet() {
        answer = () -> key(ofMinutes(100));
        CredentialsProvider provider = refreshing(FULL_CHANCE);
        provider.resolve();
        clock.moveTo(ofMinutes(85).minusSeconds(1));
        provider.resolve();
        assertThat(behind).isEmpty();
        clock.moveTo(ofMinutes(85).plusSeconds(1));
        provider.resolve();
        assertThat(behind).hasSize(1);
    }

    @Test
    void anAccessKeyWithoutExpiryIsNotKept() {
        answer = () -> AccessKey.of("LTAI" + questions.get(), "s");
        CredentialsProvider provider = refreshing(NO_CHANCE);
        assertThat(provider.resolve().id()).isEqualTo("LTAI1");
        assertThat(provider.resolve().id()).isEqualTo("LTAI2");
        answer = () -> AccessKey.temporary("STS.N" + questions.get(), "s", "t");
        assertThat(provider.resolve().id()).isEqualTo("STS.N3");
        assertThat(provider.resolve().id()).isEqualTo("STS.N4");
    }

    @Test
    void theLastGoodOneServesUntilItExpiresWhateverFails() {
        CredentialsProvider provider = refreshing(NO_CHANCE);
        AccessKey first = provider.resolve();
        answer = RefreshingCredentialsProviderTest::failing;
        clock.moveTo(ofMinutes(54));
        assertThat(provider.resolve()).isSameAs(first);
        runBehind();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith(
                        "AccessKey not refreshed, the one at hand stays in use: No AccessKey found. Tried [STS: is down]");
        clock.moveTo(ofHours(1).minusMillis(1));
        assertThat(provider.resolve()).isSameAs(first);
        runBehind();
        clock.moveTo(ofHours(1));
        assertThatThrownBy(provider::resolve)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("[STS: is down]");
        answer = () -> key(ofHours(2));
        assertThat(provider.resolve().id()).isEqualTo("STS.N5");
    }

    @Test
    void aFailedRefreshIsTriedAgainLaterAndLater() {
        CredentialsProvider provider = refreshing(NO_CHANCE);
        provider.resolve();
        answer = RefreshingCredentialsProviderTest::failing;
        Duration now = ofMinutes(54);
        for (int wait : List.of(5, 10, 20, 40, 60, 60)) {
            clock.moveTo(now);
            provider.resolve();
            runBehind();
            clock.moveTo(now.plusSeconds(wait).minusMillis(1));
            provider.resolve();
            assertThat(behind).as("after less than %s s", wait).isEmpty();
            now = now.plusSeconds(wait);
        }
        answer = () -> key(ofHours(2));
        clock.moveTo(now);
        provider.resolve();
        runBehind();
        assertThat(provider.resolve().expiresAt()).contains(START.plus(ofHours(2)));
    }

    @Test
    void aDefectOfTheProviderIsLoggedWithItsTrace() {
        CredentialsProvider provider = refreshing(NO_CHANCE);
        AccessKey first = provider.resolve();
        IllegalStateException defect = new IllegalStateException("defect");
        answer = () -> {
            throw defect;
        };
        clock.moveTo(ofMinutes(55));
        provider.resolve();
        runBehind();
        assertThat(provider.resolve()).isSameAs(first);
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage())
                    .isEqualTo("AccessKey not refreshed, the one at hand stays in use: its provider failed");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("defect");
        });
        clock.moveTo(ofHours(1));
        assertThatThrownBy(provider::resolve).isSameAs(defect);
    }

    @Test
    void anErrorOfTheProviderReachesWhoAsked() {
        answer = () -> {
            throw new StackOverflowError();
        };
        CredentialsProvider provider = refreshing(NO_CHANCE);
        assertThatThrownBy(provider::resolve).isInstanceOf(StackOverflowError.class);
        answer = () -> key(ofHours(1));
        assertThat(provider.resolve().id()).isEqualTo("STS.N2");
    }

    @Test
    void anAccessKeyThatHasExpiredAlreadyIsNoAnswer() {
        clock.moveTo(ofHours(1));
        assertThatThrownBy(refreshing(NO_CHANCE)::resolve)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining(
                        "AccessKey [S****] expired at 2026-11-21T11:00:00Z, and it is 2026-11-21T11:00:00Z here;"
                                + " check the clock of this machine");
    }

    @Test
    void aClosedExecutorLeavesTheQuestionToWhoeverNeedsAnAnswer() {
        CredentialsProvider provider = CredentialsProvider.refreshing(
                this::ask,
                task -> {
                    throw new RejectedExecutionException();
                },
                clock,
                NO_CHANCE);
        AccessKey first = provider.resolve();
        clock.moveTo(ofMinutes(55));
        assertThat(provider.resolve()).isSameAs(first);
        answer = () -> key(ofHours(2));
        clock.moveTo(ofHours(1));
        assertThat(provider.resolve().id()).isEqualTo("STS.N2");
    }

    @Test
    void whereNoThreadCanBeStartedTheOneAtHandServesAndThenWhoeverNeedsOneAsks() {
        CredentialsProvider provider = CredentialsProvider.refreshing(
                this::ask,
                task -> {
                    // Of an OutOfMemoryError, which it would be, JUnit makes the end of all tests.
                    throw new InternalError("unable to create native thread");
                },
                clock,
                NO_CHANCE);
        AccessKey first = provider.resolve();
        clock.moveTo(ofMinutes(55));
        assertThat(provider.resolve()).isSameAs(first);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("AccessKey not refreshed, the one at hand stays in use: its executor failed");
        answer = () -> key(ofHours(2));
        clock.moveTo(ofHours(1));
        assertThat(provider.resolve().id()).isEqualTo("STS.N2");
    }

    @Test
    void manyWhoAskAtOnceShareOneQuestion() throws Exception {
        int callers = 16;
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        answer = () -> {
            asked.countDown();
            awaitLatch(answered);
            return key(ofHours(1));
        };
        CredentialsProvider provider = refreshing(NO_CHANCE);
        Set<Thread> threads = new HashSet<>();
        List<Future<AccessKey>> results = start(callers, provider, threads);
        awaitLatch(asked);
        awaitAllWaiting(threads);
        answered.countDown();
        Set<AccessKey> keys = new HashSet<>();
        for (Future<AccessKey> result : results) {
            keys.add(result.get());
        }
        assertThat(keys).hasSize(1);
        assertThat(questions).hasValue(1);
    }

    @Test
    void manyWhoAskAtOnceShareOneFailureAndTheNextAsksAgain() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        answer = () -> {
            asked.countDown();
            awaitLatch(answered);
            return failing();
        };
        CredentialsProvider provider = refreshing(NO_CHANCE);
        Set<Thread> threads = new HashSet<>();
        List<Future<AccessKey>> results = start(8, provider, threads);
        awaitLatch(asked);
        awaitAllWaiting(threads);
        answered.countDown();
        for (Future<AccessKey> result : results) {
            assertThatThrownBy(result::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CredentialsException.class);
        }
        assertThat(questions).hasValue(1);
        answer = () -> key(ofHours(1));
        assertThat(provider.resolve().id()).isEqualTo("STS.N2");
    }

    @Test
    void whoAsksWhileARefreshRunsGetsItsAnswerOnceTheOldOneHasExpired() throws Exception {
        CredentialsProvider provider = refreshing(NO_CHANCE);
        provider.resolve();
        clock.moveTo(ofMinutes(55));
        provider.resolve();
        clock.moveTo(ofHours(1));
        answer = () -> key(ofHours(2));
        Set<Thread> threads = new HashSet<>();
        List<Future<AccessKey>> results = start(2, provider, threads);
        awaitAllWaiting(threads);
        runBehind();
        for (Future<AccessKey> result : results) {
            assertThat(result.get().id()).isEqualTo("STS.N2");
        }
        assertThat(questions).hasValue(2);
    }

    @Test
    void whoIsInterruptedWhileWaitingWaitsNoLongerAndStaysInterrupted() throws Exception {
        CredentialsProvider provider = refreshing(NO_CHANCE);
        provider.resolve();
        clock.moveTo(ofMinutes(55));
        provider.resolve();
        clock.moveTo(ofHours(1));
        Set<Thread> threads = new HashSet<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        CredentialsProvider asking = () -> {
            try {
                return provider.resolve();
            } finally {
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        };
        List<Future<AccessKey>> results = start(1, asking, threads);
        awaitAllWaiting(threads);
        threads.iterator().next().interrupt();
        assertThatThrownBy(() -> results.get(0).get())
                .hasCauseInstanceOf(CredentialsException.class)
                .hasMessageContaining("interrupted while waiting");
        assertThat(interrupted).isTrue();
    }

    @Test
    void byDefaultADaemonThreadRefreshes() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        RefreshingCredentialsProvider.daemonThreads().execute(() -> ran.complete(Thread.currentThread()));
        Thread thread = ran.get(20, TimeUnit.SECONDS);
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("apsara-mqtt-credentials");
    }

    private static List<Future<AccessKey>> start(int callers, CredentialsProvider provider, Set<Thread> threads) {
        ExecutorService pool = Executors.newFixedThreadPool(callers, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
        List<Future<AccessKey>> results = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            results.add(pool.submit(provider::resolve));
        }
        pool.shutdown();
        return results;
    }

    /** Each thread waits: one for the answer, or for the latch, the others for that one. */
    private static void awaitAllWaiting(Set<Thread> threads) {
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            // Without a time limit, so that the thread shows as waiting; the test has one.
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
