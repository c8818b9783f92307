package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.permission.CurrentPermissions;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Freshness;
import io.apsaramqtt.permission.PermissionsListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local copy of the effective permissions. The first question reads them and blocks; later ones are answered from the
 * copy. A stale copy is served while one refresh runs behind; if that fails, the last good copy stays and the next attempt
 * waits, longer each time. An expired copy answers "unknown": it is too old to deny anything.
 *
 * <p>Thread-safe.
 */
public final class PermissionCache implements CurrentPermissions, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PermissionCache.class);

    private final PermissionSource source;
    private final CacheTimes times;
    private final Executor refresher;
    private final Clock clock;
    private final List<PermissionsListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicInteger invalidations = new AtomicInteger();
    private volatile @Nullable Copy copy;
    private @Nullable AutoCloseable watch;
    private boolean closed;

    /**
     * What was read, what is said of it once it has expired, and when it is to be read anew. Both objects live as long as the
     * copy, so that whoever remembers verdicts by them may. Moments are in milliseconds since 1970: an {@code Instant} would
     * be made at each question.
     */
    private record Copy(
            EffectivePermissions read,
            EffectivePermissions expired,
            long staleAt,
            long expiresAt,
            long notBefore,
            int failures) {

        static Copy of(EffectivePermissions read, long now, CacheTimes times) {
            EffectivePermissions expired = EffectivePermissions.unknown(
                    "the copy is older than " + times.expiresAfter() + " and could not be refreshed",
                    read.readAt(),
                    read.source());
            long readAt = read.readAt().toEpochMilli();
            long staleAt = readAt + times.freshFor().toMillis();
            // A source may answer with what it read long ago: stale at once, but no reason to ask at every question.
            long soonest = now + times.retryAfter().toMillis();
            return new Copy(
                    read, expired, staleAt, readAt + times.expiresAfter().toMillis(), Math.max(staleAt, soonest), 0);
        }

        Copy invalidated(long now) {
            return new Copy(read, expired, now, expiresAt, now, 0);
        }

        Copy failed(long now, CacheTimes times) {
            Duration wait = times.retryAfter().multipliedBy(1L << Math.min(failures, 20));
            Duration bounded = wait.compareTo(times.freshFor()) < 0 ? wait : times.freshFor();
            return new Copy(read, expired, staleAt, expiresAt, now + bounded.toMillis(), failures + 1);
        }
    }

    /**
     * An empty cache.
     *
     * @param source asked for the permissions
     * @param times how long a copy serves
     * @param refresher runs the refreshes of a stale copy
     * @param clock tells the age of the copy
     */
    public PermissionCache(PermissionSource source, CacheTimes times, Executor refresher, Clock clock) {
        this.source = source;
        this.times = times;
        this.refresher = refresher;
        this.clock = clock;
    }

    /** Tells {@code listener} of each change from now on. */
    public void addListener(PermissionsListener listener) {
        listeners.add(listener);
    }

    /**
     * The copy; reads it, and blocks, if there is none yet. Allocates nothing while the copy is fresh.
     *
     * @throws PermissionSourceException if there is no copy and none can be read
     */
    @Override
    public EffectivePermissions get() {
        Copy known = copy;
        if (known == null) {
            return loadFirst();
        }
        long now = clock.millis();
        if (now >= known.notBefore() && refreshing.compareAndSet(false, true)) {
            startRefresh();
        }
        return now >= known.expiresAt() ? known.expired() : known.read();
    }

    @Override
    public Freshness freshness(EffectivePermissions permissions) {
        Copy known = copy;
        long now = clock.millis();
        if (known == null || now < known.staleAt()) {
            return Freshness.FRESH;
        }
        return now >= known.expiresAt() ? Freshness.EXPIRED : Freshness.STALE;
    }

    /** Makes the copy stale: the next question starts a refresh. Does not block. */
    public void invalidate() {
        invalidations.incrementAndGet();
        update(known -> known.invalidated(clock.millis()));
    }

    private EffectivePermissions loadFirst() {
        synchronized (this) {
            Copy known = copy;
            if (known != null) {
                return known.read();
            }
            EffectivePermissions read = source.load();
            copy = Copy.of(read, clock.millis(), times);
            if (!closed) {
                watch = source.watch(this::invalidateAndRefresh);
            }
            return read;
        }
    }

    private void invalidateAndRefresh() {
        invalidate();
        get();
    }

    private void startRefresh() {
        try {
            refresher.execute(this::refresh);
        } catch (RejectedExecutionException e) {
            // The executor is closed, and the client with it; whoever still asks gets the copy.
            refreshing.set(false);
        }
    }

    private void refresh() {
        try {
            int seen;
            do {
                // What is invalidated while it is being read may have been read before the change.
                seen = invalidations.get();
                refreshOnce();
            } while (seen != invalidations.get());
        } finally {
            refreshing.set(false);
        }
    }

    private void refreshOnce() {
        try {
            EffectivePermissions after = source.load();
            Copy before = copy;
            update(known -> Copy.of(after, clock.millis(), times));
            if (before != null && !before.read().grants().equals(after.grants())) {
                log.info("Permissions changed: read anew from {}", after.source());
                listeners.forEach(listener -> tell(listener, before.read(), after));
            }
        } catch (RuntimeException e) {
            update(known -> known.failed(clock.millis(), times));
            warn(e);
        }
    }

    private void warn(RuntimeException failure) {
        Copy known = copy;
        String from = known == null ? "none" : known.read().source();
        if (failure instanceof ApsaraMqttException) {
            log.warn("Permissions not refreshed, the copy of {} stays in use: {}", from, failure.getMessage());
        } else {
            log.warn("Permissions not refreshed, the copy of {} stays in use: its source failed", from, failure);
        }
    }

    private static void tell(PermissionsListener listener, EffectivePermissions before, EffectivePermissions after) {
        try {
            listener.changed(before, after);
        } catch (RuntimeException e) {
            log.error("Permissions listener failed", e);
        }
    }

    private synchronized void update(UnaryOperator<Copy> change) {
        Copy known = copy;
        if (known != null) {
            copy = change.apply(known);
        }
    }

    /** Ends the watch of the source. The copy still answers. */
    @Override
    public synchronized void close() {
        closed = true;
        AutoCloseable watching = watch;
        watch = null;
        if (watching != null) {
            try {
                watching.close();
            } catch (Exception e) {
                log.debug("Watch of a permission source not closed", e);
            }
        }
    }
}
