package io.apsaramqtt.test.cloud.account;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The policies that can be attached in an account. Custom and system policies have names of their own kind each. A document
 * is kept as it is, so that a test can serve a malformed one; such a one grants nothing.
 *
 * <p>Thread-safe.
 */
public final class Policies {

    private final Clock clock;
    private final Map<PolicyName, StoredPolicy> policies = new ConcurrentHashMap<>();

    Policies(Clock clock) {
        this.clock = clock;
    }

    /** Adds a custom policy in version {@code v1}, or replaces it. */
    public void putCustom(String name, String document) {
        put(PolicyType.CUSTOM, name, document);
    }

    /** Adds a system policy in version {@code v1}, or replaces it. */
    public void putSystem(String name, String document) {
        put(PolicyType.SYSTEM, name, document);
    }

    private void put(PolicyType type, String name, String document) {
        PolicyVersion version = PolicyVersion.of(name, "v1", document, clock.instant());
        policies.put(new PolicyName(type, name), new StoredPolicy(type, name, List.of(version), version.id()));
    }

    /** Adds a version to a custom policy, and returns its ID; throws {@link IllegalArgumentException} if it is not there. */
    public String addVersion(String name, String document, boolean asDefault) {
        StoredPolicy changed = change(name, policy -> {
            String id = "v" + (policy.versions().size() + 1);
            return policy.with(PolicyVersion.of(name, id, document, clock.instant()), asDefault);
        });
        return "v" + changed.versions().size();
    }

    /** Puts a version of a custom policy in force; throws {@link IllegalArgumentException} if it is not there. */
    public void setDefaultVersion(String name, String versionId) {
        change(name, policy -> {
            if (policy.version(versionId).isEmpty()) {
                throw new IllegalArgumentException("Custom policy [" + name + "] has no version [" + versionId
                        + "]; it has "
                        + policy.versions().stream().map(PolicyVersion::id).toList());
            }
            return policy.withDefault(versionId);
        });
    }

    private StoredPolicy change(String name, UnaryOperator<StoredPolicy> change) {
        StoredPolicy changed =
                policies.computeIfPresent(new PolicyName(PolicyType.CUSTOM, name), (key, old) -> change.apply(old));
        if (changed == null) {
            throw new IllegalArgumentException(
                    "Custom policy [" + name + "] does not exist; add it by putCustom before you change it");
        }
        return changed;
    }

    /** Deletes a policy of either type, and with it all its attachments; says whether it was there. */
    public boolean delete(String name) {
        boolean custom = policies.remove(new PolicyName(PolicyType.CUSTOM, name)) != null;
        boolean system = policies.remove(new PolicyName(PolicyType.SYSTEM, name)) != null;
        return custom || system;
    }

    /** The policy of this type and name. */
    public Optional<StoredPolicy> find(PolicyType type, String name) {
        return find(new PolicyName(type, name));
    }

    Optional<StoredPolicy> find(PolicyName name) {
        return Optional.ofNullable(policies.get(name));
    }

    /** The custom policy of this name, or else the system policy; throws {@link IllegalArgumentException} for none. */
    PolicyName require(String name) {
        for (PolicyType type : PolicyType.values()) {
            PolicyName key = new PolicyName(type, name);
            if (policies.containsKey(key)) {
                return key;
            }
        }
        throw new IllegalArgumentException(
                "Policy [" + name + "] does not exist; add it by putCustom or putSystem before you attach it");
    }

    /** How many there are. */
    @Override
    public String toString() {
        return "Policies[" + policies.size() + "]";
    }
}
