package io.apsaramqtt.permission.source;

import io.apsaramqtt.permission.EffectivePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One answer for everyone who asks. A reading runs on a thread of its own and is waited for by all whose question it answers:
 * those who need nothing newer than its beginning. Whoever does waits for the next, of which there is never more than one. A
 * failure answers for a moment too, so that a thousand clients do not ask a source that is down a thousand times.
 */
final class SharedPermissionSource implements PermissionSource {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FAILURE_ANSWERS_FOR = Duration.ofSeconds(5);

    private final String name;
    private final PermissionSource source;
    private final Executor executor;
    private final Duration patience;
    private final Clock clock;
    private @Nullable Reading latest;
    private @Nullable Reading next;

    /**
     * @param name of the source, for failures
     * @param source read on {@code executor}, never twice at the same time
     * @param patience after which whoever waits is told that there is no answer yet; the reading goes on
     * @param clock tells when a reading began
     */
    SharedPermissionSource(String name, PermissionSource source, Executor executor, Duration patience, Clock clock) {
        this.name = name;
        this.source = source;
        this.executor = executor;
        this.patience = patience;
        this.clock = clock;
    }

    /** One reading, from its beginning. The result is never completed under the lock. */
    private static final class Reading {
        private final CompletableFuture<EffectivePermissions> result = new CompletableFuture<>();
        private @Nullable Instant startedAt;
        private @Nullable Instant failedAt;

        boolean beganAfter(Instant moment) {
            return startedAt != null && startedAt.isAfter(moment);
        }
    }

    @Override
    public EffectivePermissions load() {
        return waited(reading(clock.instant()));
    }

    @Override
    public EffectivePermissions load(Instant after) {
        return waited(reading(after));
    }

    private synchronized Reading reading(Instant after) {
        Reading known = latest;
        if (known == null) {
            return start(new Reading());
        }
        if (!known.result.isDone()) {
            if (known.beganAfter(after)) {
                return known;
            }
            if (next == null) {
                next = new Reading();
            }
            return next;
        }
        boolean answers = known.failedAt == null
                ? known.beganAfter(after)
                : clock.instant().isBefore(known.failedAt.plus(FAILURE_ANSWERS_FOR));
        return answers ? known : start(new Reading());
    }

    private Reading start(Reading reading) {
        latest = reading;
        reading.startedAt = clock.instant();
        try {
            executor.execute(() -> read(reading));
        } catch (RuntimeException e) {
            latest = null;
            throw e;
        }
        return reading;
    }

    private void read(Reading reading) {
        try {
            EffectivePermissions read = source.load();
            ended(() -> reading.result.complete(read));
        } catch (RuntimeException | Error e) {
            ended(() -> {
                reading.failedAt = clock.instant();
                reading.result.completeExceptionally(e);
            });
        }
    }

    private synchronized void ended(Runnable completion) {
        completion.run();
        Reading waiting = next;
        next = null;
        if (waiting != null) {
            start(waiting);
        }
    }

    private EffectivePermissions waited(Reading reading) {
        try {
            return reading.result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw PermissionSourceException.temporary(name, "failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw PermissionSourceException.temporary(
                    name, "has not answered within " + patience.toMillis() + " ms; it is still being asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PermissionSourceException.temporary(name, "was not waited for: the thread was interrupted", e);
        }
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return source.watch(changed);
    }

    /** The name of what is read. */
    @Override
    public String toString() {
        return name;
    }
}
