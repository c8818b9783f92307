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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer for everyone who asks. A reading runs on a thread of its own and is waited for by all whose question it answers:
 * those who need nothing newer than its beginning. Whoever does waits for the next, of which there is never more than one. A
 * failure answers for a moment too, so that a thousand clients do not ask a source that is down a thousand times; and it is
 * logged here, once until the source answers again, so that they do not write a thousand lines either.
 */
final class SharedPermissionSource implements PermissionSource {

    private static final Logger log = LoggerFactory.getLogger(SharedPermissionSource.class);

    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FAILURE_ANSWERS_FOR = Duration.ofSeconds(5);

    private final String name;
    private final PermissionSource source;
    private final Executor executor;
    private final Duration patience;
    private final Clock clock;
    private final AtomicBoolean failing = new AtomicBoolean();
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
            answered();
            ended(() -> reading.result.complete(read));
        } catch (RuntimeException | Error e) {
            Throwable failure = e instanceof PermissionSourceException failed ? told(failed) : e;
            ended(() -> {
                reading.failedAt = clock.instant();
                reading.result.completeExceptionally(failure);
            });
        }
    }

    private void answered() {
        if (failing.getAndSet(false)) {
            log.info("Permission source [{}] answers again", name);
        }
    }

    private PermissionSourceException told(PermissionSourceException failure) {
        if (failing.getAndSet(true)) {
            log.debug("Permissions still cannot be read: {}", failure.getMessage());
        } else {
            log.warn(
                    "Permissions cannot be read now: a copy that was read before stays in use, without one the broker decides."
                            + " Said once for all clients, until the source answers again: {}",
                    failure.getMessage());
        }
        return failure.told();
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
            throw told(PermissionSourceException.temporary(
                    name, "has not answered within " + patience.toMillis() + " ms; it is still being asked", e));
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
