package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.permission.CurrentPermissions;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Freshness;
import io.apsaramqtt.permission.PermissionsListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
     * copy, so that whoever remembers verdicts by them may.
     */
    private record Copy(
            EffectivePermissions read, EffectivePermissions expired, Instant staleAt, Instant notBefore, int failures) {

        static Copy of(EffectivePermissions read, Instant now, CacheTimes times) {
            EffectivePermissions expired = EffectivePermissions.unknown(
                    "the copy is older than " + times.expiresAfter() + " and could not be refreshed",
                    read.readAt(),
                    read.source());
            Instant staleAt = read.readAt().plus(times.freshFor());
            // A source may answer with what it read long ago: stale at once, but no reason to ask at every question.
            Instant soonest = now.plus(times.retryAfter());
            return new Copy(read, expired, staleAt, staleAt.isAfter(soonest) ? staleAt : soonest, 0);
        }

        Copy invalidated(Instant now) {
            return new Copy(read, expired, now, now, 0);
        }

        Copy failed(Instant now, CacheTimes times) {
            Duration wait = times.retryAfter().multipliedBy(1L << Math.min(failures, 20));
            Duration bounded = wait.compareTo(times.freshFor()) < 0 ? wait : times.freshFor();
            return new Copy(read, expired, staleAt, now.plus(bounded), failures + 1);
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
     * The copy; reads it, and blocks, if there is none yet.
     *
     * @throws PermissionSourceException if there is no copy and none can be read
     */
    @Override
    public EffectivePermissions get() {
        Copy known = copy;
        if (known == null) {
            return loadFirst();
        }
        Instant now = clock.instant();
        if (!now.isBefore(known.notBefore()) && refreshing.compareAndSet(false, true)) {
            startRefresh();
        }
        return isExpired(known, now) ? known.expired() : known.read();
    }

    @Override
    public Freshness freshness(EffectivePermissions permissions) {
        Copy known = copy;
        Instant now = clock.instant();
        if (known == null || now.isBefore(known.staleAt())) {
            return Freshness.FRESH;
        }
        return isExpired(known, now) ? Freshness.EXPIRED : Freshness.STALE;
    }

    private boolean isExpired(Copy known, Instant now) {
        return !now.isBefore(known.read().readAt().plus(times.expiresAfter()));
    }

    /** Makes the copy stale: the next question starts a refresh. Does not block. */
    public void invalidate() {
        invalidations.incrementAndGet();
        update(known -> known.invalidated(clock.instant()));
    }

    private EffectivePermissions loadFirst() {
        synchronized (this) {
            Copy known = copy;
            if (known != null) {
                return known.read();
            }
            EffectivePermissions read = source.load();
            copy = Copy.of(read, clock.instant(), times);
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
            update(known -> Copy.of(after, clock.instant(), times));
            if (before != null && !before.read().grants().equals(after.grants())) {
                log.info("Permissions changed: read anew from {}", after.source());
                listeners.forEach(listener -> tell(listener, before.read(), after));
            }
        } catch (RuntimeException e) {
            update(known -> known.failed(clock.instant(), times));
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
