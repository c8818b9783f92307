package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.permission.CurrentPermissions;
import io.apsaramqtt.permission.EffectivePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local copy of the effective permissions. The first question reads them and blocks; later ones are answered from the
 * copy. A stale copy is served while one refresh runs behind; if that fails, the last good copy stays.
 *
 * <p>Thread-safe.
 */
public final class PermissionCache implements CurrentPermissions {

    private static final Logger log = LoggerFactory.getLogger(PermissionCache.class);

    private final PermissionSource source;
    private final Duration freshFor;
    private final Executor refresher;
    private final Clock clock;
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile @Nullable EffectivePermissions copy;

    /**
     * An empty cache.
     *
     * @param source asked for the permissions
     * @param freshFor how long a copy is fresh
     * @param refresher runs the refreshes of a stale copy
     * @param clock tells the age of the copy
     */
    public PermissionCache(PermissionSource source, Duration freshFor, Executor refresher, Clock clock) {
        this.source = source;
        this.freshFor = freshFor;
        this.refresher = refresher;
        this.clock = clock;
    }

    /**
     * The copy; reads it, and blocks, if there is none yet.
     *
     * @throws PermissionSourceException if there is no copy and none can be read
     */
    @Override
    public EffectivePermissions get() {
        EffectivePermissions known = copy;
        if (known == null) {
            return loadFirst();
        }
        if (!isFresh(known) && refreshing.compareAndSet(false, true)) {
            startRefresh(known);
        }
        return known;
    }

    @Override
    public boolean isFresh(EffectivePermissions permissions) {
        return Duration.between(permissions.readAt(), clock.instant()).compareTo(freshFor) < 0;
    }

    private synchronized EffectivePermissions loadFirst() {
        EffectivePermissions known = copy;
        if (known == null) {
            known = source.load();
            copy = known;
        }
        return known;
    }

    private void startRefresh(EffectivePermissions known) {
        try {
            refresher.execute(() -> refresh(known));
        } catch (RejectedExecutionException e) {
            // The executor is closed, and the client with it; whoever still asks gets the copy.
            refreshing.set(false);
        }
    }

    private void refresh(EffectivePermissions known) {
        try {
            copy = source.load();
        } catch (ApsaraMqttException e) {
            log.warn("Permissions not refreshed, the copy of {} stays in use: {}", known.source(), e.getMessage());
        } catch (RuntimeException e) {
            log.warn("Permissions not refreshed, the copy of {} stays in use: its source failed", known.source(), e);
        } finally {
            refreshing.set(false);
        }
    }
}
