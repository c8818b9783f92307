package io.apsaramqtt.credentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a temporary AccessKey while it is valid and replaces it before it expires, asking one question at a time. Keeps no
 * AccessKey without expiry: one that was rotated is to be used at the next connect.
 */
final class RefreshingCredentialsProvider implements CredentialsProvider {

    private static final Logger log = LoggerFactory.getLogger(RefreshingCredentialsProvider.class);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final CredentialsProvider provider;
    private final Executor refresher;
    private final Clock clock;
    private final RandomGenerator random;
    private final Object lock = new Object();
    private volatile @Nullable Kept kept;
    private @Nullable CompletableFuture<AccessKey> flight;

    /** An AccessKey, and from when on another is asked for. */
    private record Kept(AccessKey key, Instant expiresAt, Instant refreshAt, int failures) {

        /** The refresh starts a tenth of the life before the end, at least 5 minutes, and up to half of that sooner. */
        static Kept of(AccessKey key, Instant now, Instant expiresAt, RandomGenerator random) {
            Duration life = Duration.between(now, expiresAt);
            Duration tenth = life.dividedBy(10);
            Duration wanted = tenth.compareTo(AHEAD) > 0 ? tenth : AHEAD;
            Duration half = life.dividedBy(2);
            Duration ahead = wanted.compareTo(half) < 0 ? wanted : half;
            return new Kept(key, expiresAt, expiresAt.minus(ahead).minus(jitter(ahead, random)), 0);
        }

        Kept failed(Instant now, RandomGenerator random) {
            Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
            Duration wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
            return new Kept(key, expiresAt, now.plus(wait).plus(jitter(wait, random)), failures + 1);
        }

        private static Duration jitter(Duration most, RandomGenerator random) {
            return Duration.ofMillis((long) (most.toMillis() * random.nextDouble() / 2));
        }

        boolean isValid(Instant now) {
            return now.isBefore(expiresAt);
        }
    }

    RefreshingCredentialsProvider(
            CredentialsProvider provider, Executor refresher, Clock clock, RandomGenerator random) {
        this.provider = provider;
        this.refresher = refresher;
        this.clock = clock;
        this.random = random;
    }

    /** For those who have no threads of their own: a daemon thread for each refresh, of which there are few. */
    static Executor daemonThreads() {
        return task -> {
            Thread thread = new Thread(task, "apsara-mqtt-credentials");
            thread.setDaemon(true);
            thread.start();
        };
    }

    @Override
    public AccessKey resolve() {
        Kept known = kept;
        Instant now = clock.instant();
        if (known == null || !known.isValid(now)) {
            return ask();
        }
        if (!now.isBefore(known.refreshAt())) {
            refreshBehind();
        }
        return known.key();
    }

    /** Asks, or waits for whoever asks already. */
    private AccessKey ask() {
        CompletableFuture<AccessKey> running;
        CompletableFuture<AccessKey> mine = null;
        synchronized (lock) {
            Kept known = kept;
            if (known != null && known.isValid(clock.instant())) {
                return known.key();
            }
            running = flight;
            if (running == null) {
                mine = new CompletableFuture<>();
                running = mine;
                flight = mine;
            }
        }
        if (mine != null) {
            fly(mine);
        }
        return await(running);
    }

    private void refreshBehind() {
        CompletableFuture<AccessKey> mine = new CompletableFuture<>();
        synchronized (lock) {
            if (flight != null) {
                return;
            }
            flight = mine;
        }
        try {
            refresher.execute(() -> refresh(mine));
        } catch (RejectedExecutionException e) {
            // The executor is closed: the AccessKey serves to its end, and then whoever needs one asks.
            land(mine, null, CredentialsException.of(toString(), "its executor is closed"));
        } catch (RuntimeException | Error e) {
            // As where no thread can be started: whoever waited for this question would wait for ever.
            land(mine, null, e);
            log.warn("AccessKey not refreshed, the one at hand stays in use: its executor failed", e);
        }
    }

    private void refresh(CompletableFuture<AccessKey> mine) {
        fly(mine);
        mine.whenComplete((key, failure) -> {
            if (failure instanceof CredentialsException) {
                log.warn("AccessKey not refreshed, the one at hand stays in use: {}", failure.getMessage());
            } else if (failure != null) {
                log.warn("AccessKey not refreshed, the one at hand stays in use: its provider failed", failure);
            }
        });
    }

    private void fly(CompletableFuture<AccessKey> mine) {
        try {
            land(mine, requireValid(provider.resolve()), null);
        } catch (RuntimeException | Error e) {
            land(mine, null, e);
        }
    }

    private AccessKey requireValid(AccessKey key) {
        Instant now = clock.instant();
        key.expiresAt().filter(end -> !now.isBefore(end)).ifPresent(end -> {
            throw CredentialsException.of(
                    "refreshing",
                    "AccessKey [" + key.maskedId() + "] expired at " + end + ", and it is " + now
                            + " here; check the clock of this machine");
        });
        return key;
    }

    private void land(CompletableFuture<AccessKey> mine, @Nullable AccessKey key, @Nullable Throwable failure) {
        synchronized (lock) {
            flight = null;
            Kept known = kept;
            Instant now = clock.instant();
            if (key != null) {
                kept = key.expiresAt()
                        .map(end -> Kept.of(key, now, end, random))
                        .orElse(null);
            } else if (known != null) {
                kept = known.failed(now, random);
            }
        }
        // Outside of the lock: it wakes those who wait.
        if (key != null) {
            mine.complete(key);
        } else {
            mine.completeExceptionally(failure);
        }
    }

    private AccessKey await(CompletableFuture<AccessKey> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CredentialsException.of("refreshing", "interrupted while waiting for an AccessKey");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "CredentialsProvider[refreshing " + provider + "]";
    }
}
