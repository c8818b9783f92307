package io.apsaramqtt.test.service;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who is behind an AccessKey: the account itself, which may do everything, or a RAM user with policies. */
final class Caller implements Rights {

    private final AccessKey accessKey;
    private final String instanceId;
    private final boolean instanceAccessRequired;
    private final ConcurrentMap<String, Permissions> permissionsByGroup = new ConcurrentHashMap<>();
    private volatile @Nullable EffectivePermissions granted;

    private Caller(
            AccessKey accessKey,
            String instanceId,
            boolean instanceAccessRequired,
            @Nullable EffectivePermissions granted) {
        this.accessKey = accessKey;
        this.instanceId = instanceId;
        this.instanceAccessRequired = instanceAccessRequired;
        this.granted = granted;
    }

    static Caller account(AccessKey accessKey, String instanceId) {
        return new Caller(accessKey, instanceId, false, null);
    }

    static Caller ramUser(AccessKey accessKey, String instanceId, boolean instanceAccessRequired, PolicySet policies) {
        return new Caller(accessKey, instanceId, instanceAccessRequired, permissionsOf(policies));
    }

    private static EffectivePermissions permissionsOf(PolicySet policies) {
        return EffectivePermissions.of(policies, Instant.now(), "the embedded broker");
    }

    AccessKey accessKey() {
        return accessKey;
    }

    void setPolicies(PolicySet policies) {
        if (granted == null) {
            throw new IllegalArgumentException("AccessKey [" + accessKey.maskedId()
                    + "] is the account's own, which no policy limits; give the policies to a user");
        }
        granted = permissionsOf(policies);
    }

    @Override
    public String name() {
        return accessKey.maskedId();
    }

    @Override
    public Optional<Verdict> verdict(String groupId, Function<Permissions, Verdict> question) {
        if (granted == null) {
            return Optional.empty();
        }
        return Optional.of(question.apply(permissionsByGroup.computeIfAbsent(groupId, this::permissionsIn)));
    }

    private Permissions permissionsIn(String groupId) {
        PermissionScope scope = new PermissionScope(
                ServiceInstance.of(instanceId), Optional.of(groupId), Dialect.AUTO, instanceAccessRequired);
        return new Permissions(scope, this::current, () -> Optional.of(accessKey.maskedId()), Clock.systemUTC());
    }

    private EffectivePermissions current() {
        EffectivePermissions now = granted;
        return now != null ? now : permissionsOf(new PolicySet(List.of()));
    }
}
