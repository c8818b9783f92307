package io.apsaramqtt.spring.test;

import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.autoconfigure.ApsaraMqttConnectionDetails;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import java.util.List;
import java.util.Optional;

/** Connects to an embedded instance as its user, who knows what the policies grant. Thread-safe. */
record EmbeddedConnectionDetails(EmbeddedApsaraMqtt broker, List<Policy> granted)
        implements ApsaraMqttConnectionDetails {

    @Override
    public List<String> endpoints() {
        return List.of(broker.endpoint());
    }

    @Override
    public Optional<String> instanceId() {
        return Optional.of(broker.instanceId());
    }

    @Override
    public Optional<CredentialsProvider> credentials() {
        return Optional.of(broker.credentials());
    }

    /** Those of the properties are not asked without policies either: their file or server is not that of a test. */
    @Override
    public Optional<PermissionSource> permissions() {
        return Optional.of(PermissionSource.fixed(
                granted.isEmpty()
                        ? new Policy[] {Policy.system("AliyunMQFullAccess")}
                        : granted.toArray(Policy[]::new)));
    }
}
