package io.apsaramqtt.test.cloud.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy with its versions, of which one is the default: the one in force.
 *
 * <p>Immutable.
 *
 * @param type who made it
 * @param name its name, unique within its type
 * @param versions all versions, oldest first; at least one
 * @param defaultVersionId the version in force
 */
public record StoredPolicy(PolicyType type, String name, List<PolicyVersion> versions, String defaultVersionId) {

    /** Copies the versions. */
    public StoredPolicy {
        versions = List.copyOf(versions);
    }

    /** The version with this ID. */
    public Optional<PolicyVersion> version(String id) {
        return versions.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    /** The version in force. */
    public PolicyVersion defaultVersion() {
        return version(defaultVersionId).orElseThrow();
    }

    StoredPolicy with(PolicyVersion version, boolean asDefault) {
        List<PolicyVersion> more = new ArrayList<>(versions);
        more.add(version);
        return new StoredPolicy(type, name, more, asDefault ? version.id() : defaultVersionId);
    }

    StoredPolicy withDefault(String versionId) {
        return new StoredPolicy(type, name, versions, versionId);
    }
}
