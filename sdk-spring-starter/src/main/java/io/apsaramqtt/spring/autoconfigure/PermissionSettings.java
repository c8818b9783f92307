package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.advice.LeastPrivilege;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.resource.ServiceInstance;

/** Carries what the properties say of permissions to a client's builder, and to the policy that would be enough. */
final class PermissionSettings {

    private PermissionSettings() {}

    static void apply(MqttPermissionProperties given, ApsaraMqttClientBuilder builder) {
        ClientSettings.set("permissions.mode", given.mode(), builder::permissionMode);
        ClientSettings.set("permissions.dialect", given.dialect(), builder::dialect);
        builder.unknownDenied(given.unknownDenied());
        builder.instanceAccessRequired(given.instanceAccessRequired());
        ClientSettings.set(
                "permissions.policy-file",
                given.policyFile(),
                file -> builder.permissions(
                        given.watch() ? PermissionSource.watchedFile(file) : PermissionSource.file(file)));
    }

    /** Nothing yet, on this instance, for the group of this client. */
    static LeastPrivilege leastPrivilege(ServiceInstance instance, MqttPermissionProperties given, ClientId clientId) {
        LeastPrivilege nothing = LeastPrivilege.on(instance);
        LeastPrivilege named = given.dialect() == null ? nothing : nothing.inDialect(given.dialect());
        return clientId.groupId().map(named::forGroup).orElse(named);
    }
}
