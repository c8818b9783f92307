package io.apsaramqtt.permission;

import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.RequestContext;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The permissions of the client GID_demo@@@device-1 on the instance post-cn-x, read twelve seconds ago. */
record Granted(
        PolicySet policies,
        UnaryOperator<PolicyLayers> layers,
        ServiceInstance instance,
        Optional<String> group,
        Dialect dialect,
        boolean required,
        RequestContext context,
        Clock clock) {

    static final Instant READ_AT = Instant.parse("2026-11-21T16:00:00Z");

    static Granted by(Policy... policies) {
        return new Granted(
                PolicySet.of(policies),
                UnaryOperator.identity(),
                ServiceInstance.of("post-cn-x"),
                Optional.of("GID_demo"),
                Dialect.AUTO,
                false,
                RequestContext.nothingKnown(),
                Clock.fixed(READ_AT.plusSeconds(12), ZoneOffset.UTC));
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

    Granted withPolicies(PolicySet other) {
        return new Granted(other, layers, instance, group, dialect, required, context, clock);
    }

    /** With more than the account's own layer. */
    Granted under(UnaryOperator<PolicyLayers> others) {
        return new Granted(policies, others, instance, group, dialect, required, context, clock);
    }

    Granted on(ServiceInstance other) {
        return new Granted(policies, layers, other, group, dialect, required, context, clock);
    }

    Granted withoutGroup() {
        return new Granted(policies, layers, instance, Optional.empty(), dialect, required, context, clock);
    }

    Granted in(Dialect other) {
        return new Granted(policies, layers, instance, group, other, required, context, clock);
    }

    Granted withInstanceAccessRequired() {
        return new Granted(policies, layers, instance, group, dialect, true, context, clock);
    }

    Granted knowing(RequestContext other) {
        return new Granted(policies, layers, instance, group, dialect, required, other, clock);
    }

    Granted at(Clock other) {
        return new Granted(policies, layers, instance, group, dialect, required, context, other);
    }

    Permissions permissions() {
        return permissions(new Grants.Policies(layers.apply(PolicyLayers.of(policies))));
    }

    Permissions permissions(Grants grants) {
        EffectivePermissions read =
                new EffectivePermissions(Principal.ramUser("sensor-gateway"), grants, READ_AT, "policy.json");
        return permissions(() -> read);
    }

    Permissions permissions(CurrentPermissions current) {
        return new Permissions(
                new PermissionScope(instance, group, dialect, required, context),
                current,
                () -> Optional.of("LTAI5t****Qx9"),
                clock);
    }
}
