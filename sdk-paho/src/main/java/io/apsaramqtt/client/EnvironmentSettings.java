package io.apsaramqtt.client;

import io.apsaramqtt.permission.source.PermissionSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a client's settings from environment variables. */
final class EnvironmentSettings {

    /** Reads a variable by its name; null if it is not set. */
    @FunctionalInterface
    interface Variables {
        @Nullable
        String get(String name);
    }

    private EnvironmentSettings() {}

    static ApsaraMqttClientBuilder builder(Variables variables) {
        ApsaraMqttClientBuilder builder = ApsaraMqttClient.builder()
                .endpoint(require(variables, "APSARA_MQTT_ENDPOINT"))
                .instanceId(require(variables, "APSARA_MQTT_INSTANCE_ID"))
                .clientId(require(variables, "APSARA_MQTT_GROUP_ID"), deviceId(variables));
        String policyFile = variables.get("APSARA_MQTT_POLICY_FILE");
        return policyFile == null || policyFile.isBlank()
                ? builder
                : builder.permissions(PermissionSource.file(Path.of(policyFile)));
    }

    private static String require(Variables variables, String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new ConfigurationException(name, "is not set; set the environment variable, or use the builder");
        }
        return value;
    }

    private static String deviceId(Variables variables) {
        String given = variables.get("APSARA_MQTT_DEVICE_ID");
        if (given != null && !given.isBlank()) {
            return given;
        }
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^0-9A-Za-z_-]", "-");
        } catch (UnknownHostException e) {
            throw new ConfigurationException(
                    "APSARA_MQTT_DEVICE_ID", "is not set, and this host has no name to use instead: " + e.getMessage());
        }
    }
}
