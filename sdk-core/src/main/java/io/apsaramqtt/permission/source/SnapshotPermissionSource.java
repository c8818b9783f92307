package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another source, and what it gave last on disk, for a start at which it cannot be reached. */
record SnapshotPermissionSource(PermissionSnapshot snapshot, PermissionSource source) implements PermissionSource {

    private static final Logger log = LoggerFactory.getLogger(SnapshotPermissionSource.class);

    @Override
    public EffectivePermissions load() {
        EffectivePermissions read;
        try {
            read = source.load();
        } catch (ApsaraMqttException e) {
            return instead(e);
        }
        if (read.grants() instanceof Grants.Policies granted && granted.layers().isAccountAlone()) {
            snapshot.write(read, granted.layers().account());
        }
        return read;
    }

    private EffectivePermissions instead(ApsaraMqttException failure) {
        Optional<EffectivePermissions> kept = snapshot.read();
        if (kept.isEmpty()) {
            throw failure;
        }
        log.warn("Permissions taken from {}: {}", snapshot, failure.getMessage());
        return kept.get();
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return source.watch(changed);
    }
}
