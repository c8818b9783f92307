package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another source, and what it gave last on disk, for a start at which it cannot be reached. */
final class SnapshotPermissionSource implements PermissionSource {

    private static final Logger log = LoggerFactory.getLogger(SnapshotPermissionSource.class);

    private final PermissionSnapshot snapshot;
    private final PermissionSource source;
    private final AtomicBoolean inUse = new AtomicBoolean();

    SnapshotPermissionSource(PermissionSnapshot snapshot, PermissionSource source) {
        this.snapshot = snapshot;
        this.source = source;
    }

    @Override
    public EffectivePermissions load() {
        return kept(source::load);
    }

    @Override
    public EffectivePermissions load(Instant after) {
        return kept(() -> source.load(after));
    }

    private EffectivePermissions kept(Supplier<EffectivePermissions> loading) {
        EffectivePermissions read;
        try {
            read = loading.get();
        } catch (ApsaraMqttException e) {
            return instead(e);
        }
        if (read.grants() instanceof Grants.Policies granted && granted.layers().hasAccountPoliciesOnly()) {
            snapshot.write(read, granted.layers());
        }
        if (read.grants() instanceof Grants.Unknown unknown) {
            return snapshot.read().map(last -> told(last, unknown.reason())).orElse(read);
        }
        inUse.set(false);
        return read;
    }

    private EffectivePermissions told(EffectivePermissions last, String instead) {
        // Once for all clients that hold this source, until it is not needed any more.
        if (!inUse.getAndSet(true)) {
            log.warn("Permissions taken from {}: {}", snapshot, instead);
        }
        return last;
    }

    private EffectivePermissions instead(ApsaraMqttException failure) {
        Optional<EffectivePermissions> kept = snapshot.read();
        if (kept.isEmpty()) {
            throw failure;
        }
        return told(kept.get(), failure.getMessage());
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return source.watch(changed);
    }
}
