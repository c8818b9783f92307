package io.apsaramqtt.permission;

import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The permissions of the client GID_demo@@@device-1 on the instance post-cn-x, read twelve seconds ago. */
record Granted(
        PolicySet policies, ServiceInstance instance, Optional<String> group, Dialect dialect, boolean required) {

    static final Instant READ_AT = Instant.parse("2026-11-21T16:00:00Z");

    static Granted by(Policy... policies) {
        return new Granted(
                PolicySet.of(policies), ServiceInstance.of("post-cn-x"), Optional.of("GID_demo"), Dialect.AUTO, false);
    }

    /** Policies named p1, p2 and so on, each with the statements of one text. */
    static Granted byStatements(String... statements) {
        Policy[] policies = new Policy[statements.length];
        for (int i = 0; i < statements.length; i++) {
            policies[i] = Policy.parse("p" + (i + 1), "{\"Version\":\"1\",\"Statement\":[" + statements[i] + "]}");
        }
        return by(policies);
    }

    static String allow(String action, String relativeId) {
        return statement("Allow", action, relativeId, "");
    }

    static String deny(String action, String relativeId) {
        return statement("Deny", action, relativeId, "");
    }

    static String statement(String effect, String action, String relativeId, String more) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"acs:mq:*:*:" + relativeId
                + "\"" + more + "}";
    }

    Granted on(ServiceInstance other) {
        return new Granted(policies, other, group, dialect, required);
    }

    Granted withoutGroup() {
        return new Granted(policies, instance, Optional.empty(), dialect, required);
    }

    Granted in(Dialect other) {
        return new Granted(policies, instance, group, other, required);
    }

    Granted withInstanceAccessRequired() {
        return new Granted(policies, instance, group, dialect, true);
    }

    Permissions permissions() {
        EffectivePermissions read = new EffectivePermissions(
                Principal.ramUser("sensor-gateway"), new Grants.Policies(policies), READ_AT, "policy.json");
        return permissions(() -> read);
    }

    Permissions permissions(CurrentPermissions current) {
        return new Permissions(
                new PermissionScope(instance, group, dialect, required),
                current,
                () -> Optional.of("LTAI5t****Qx9"),
                Clock.fixed(READ_AT.plusSeconds(12), ZoneOffset.UTC));
    }
}
