package io.apsaramqtt.permission.source;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.policy.PolicySet;
import java.time.Clock;

/** Policies given by the program itself. */
record FixedPermissionSource(PolicySet policies, Clock clock) implements PermissionSource {

    @Override
    public EffectivePermissions load() {
        return EffectivePermissions.of(policies, clock.instant(), "the program itself");
    }
}
