package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.permission.CurrentPermissions;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Freshness;
import io.apsaramqtt.permission.PermissionsListener;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
    private volatile @Nullable PermissionCopy copy;
    private volatile Instant invalidatedAt = Instant.MIN;
    private @Nullable AutoCloseable watch;
    private boolean closed;

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
     * @throws PermissionSourceException if there is no copy and none can be read, and waiting would not help; where it may,
     *     the answer is "unknown" and the source is asked again behind
     */
    @Override
    public EffectivePermissions get() {
        PermissionCopy known = copy;
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
    public Optional<EffectivePermissions> known() {
        PermissionCopy known = copy;
        return known == null
                ? Optional.empty()
                : Optional.of(clock.millis() >= known.expiresAt() ? known.expired() : known.read());
    }

    @Override
    public Freshness freshness(EffectivePermissions permissions) {
        PermissionCopy known = copy;
        long now = clock.millis();
        if (known == null || now < known.staleAt()) {
            return Freshness.FRESH;
        }
        return now >= known.expiresAt() ? Freshness.EXPIRED : Freshness.STALE;
    }

    /** Makes the copy stale: the next question starts a refresh. Does not block. */
    public void invalidate() {
        invalidatedAt = clock.instant();
        invalidations.incrementAndGet();
        update(known -> known.invalidated(clock.millis()));
    }

    private EffectivePermissions loadFirst() {
        synchronized (this) {
            PermissionCopy known = copy;
            if (known != null) {
                return known.read();
            }
            PermissionCopy first = first();
            copy = first;
            if (!closed) {
                watch = source.watch(this::invalidateAndRefresh);
            }
            return first.read();
        }
    }

    /** A source that may answer later stops nobody: until then nothing is known. */
    private PermissionCopy first() {
        try {
            return PermissionCopy.of(source.load(oldEnough()), clock.millis(), times);
        } catch (PermissionSourceException e) {
            if (!e.isTemporary()) {
                throw e;
            }
            log.atLevel(level(e))
                    .log("Permissions are unknown until they can be read, the broker decides: {}", e.getMessage());
            return PermissionCopy.none(e, clock.instant(), times);
        }
    }

    /** What was read after this moment is as good as read now. */
    private Instant oldEnough() {
        Instant stale = clock.instant().minus(times.freshFor());
        return invalidatedAt.isAfter(stale) ? invalidatedAt : stale;
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
            EffectivePermissions after = source.load(oldEnough());
            PermissionCopy before = copy;
            update(known -> PermissionCopy.of(after, clock.millis(), times));
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
        PermissionCopy known = copy;
        String from = known == null ? "none" : known.read().source();
        if (failure instanceof ApsaraMqttException) {
            log.atLevel(level(failure))
                    .log("Permissions not refreshed, the copy of {} stays in use: {}", from, failure.getMessage());
        } else {
            log.warn("Permissions not refreshed, the copy of {} stays in use: its source failed", from, failure);
        }
    }

    /** What a shared source has said for all its clients, none of them need say. */
    private static Level level(RuntimeException failure) {
        return failure instanceof PermissionSourceException known && known.isTold() ? Level.DEBUG : Level.WARN;
    }

    private static void tell(PermissionsListener listener, EffectivePermissions before, EffectivePermissions after) {
        try {
            listener.changed(before, after);
        } catch (RuntimeException e) {
            log.error("Permissions listener failed", e);
        }
    }

    private synchronized void update(UnaryOperator<PermissionCopy> change) {
        PermissionCopy known = copy;
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
