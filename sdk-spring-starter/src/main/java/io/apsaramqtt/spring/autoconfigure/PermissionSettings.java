package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.advice.LeastPrivilege;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.openapi.RamPermissions;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.resource.ServiceInstance;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/** Carries what the properties say of permissions to a client's builder, and to the policy that would be enough. */
final class PermissionSettings {

    private PermissionSettings() {}

    static void apply(MqttPermissionProperties given, ApsaraMqttClientBuilder builder) {
        requireOneSource(given);
        ClientSettings.set("permissions.mode", given.mode(), builder::permissionMode);
        ClientSettings.set("permissions.dialect", given.dialect(), builder::dialect);
        builder.unknownDenied(given.unknownDenied());
        builder.instanceAccessRequired(given.instanceAccessRequired());
        ClientSettings.set(
                "permissions.policy-file",
                given.policyFile(),
                file -> builder.permissions(
                        given.watch() ? PermissionSource.watchedFile(file) : PermissionSource.file(file)));
        ClientSettings.set("permissions.url", given.url(), url -> builder.permissions(PermissionSource.http(url)));
    }

    private static void requireOneSource(MqttPermissionProperties given) {
        MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn(entries -> {
            entries.put("apsara.mqtt.permissions.policy-file", given.policyFile());
            entries.put("apsara.mqtt.permissions.url", given.url());
            entries.put("apsara.mqtt.permissions.ram.enabled", given.ram().enabled() ? "true" : null);
        });
    }

    /** What RAM says of whoever {@code credentials} belong to; empty if it is not to be asked. */
    static Optional<PermissionSource> ram(MqttPermissionProperties given, CredentialsProvider credentials) {
        if (!given.ram().enabled()) {
            return Optional.empty();
        }
        RamPermissions ram = asking(given.ram().endpoint(), RamPermissions.of(credentials));
        ram = given.ram().controlPolicies() ? ram : ram.withoutControlPolicies();
        return Optional.of(given.ram().resourceGroupPolicies() ? ram : ram.withoutResourceGroupPolicies());
    }

    private static RamPermissions asking(@Nullable URI endpoint, RamPermissions ram) {
        if (endpoint == null) {
            return ram;
        }
        try {
            return ram.withEndpoint(endpoint);
        } catch (IllegalArgumentException e) {
            throw new MqttPropertyException("permissions.ram.endpoint", e);
        }
    }

    /** Nothing yet, on this instance, for the group of this client. */
    static LeastPrivilege leastPrivilege(ServiceInstance instance, MqttPermissionProperties given, ClientId clientId) {
        LeastPrivilege nothing = LeastPrivilege.on(instance);
        LeastPrivilege named = given.dialect() == null ? nothing : nothing.inDialect(given.dialect());
        return clientId.groupId().map(named::forGroup).orElse(named);
    }
}
