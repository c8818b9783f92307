package io.apsaramqtt.permission.source;

import io.apsaramqtt.permission.EffectivePermissions;
import java.time.Clock;

/** What a client asks that was given no source. */
record NoPermissionSource(Clock clock) implements PermissionSource {

    @Override
    public EffectivePermissions load() {
        return EffectivePermissions.unknown(
                "no permission source is configured", clock.instant(), "no permission source");
    }
}
