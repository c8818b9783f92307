package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/** Makes the client ID from what the properties say of it. */
final class ClientIdentity {

    /** Reads an environment variable by its name; null if it is not set. */
    @FunctionalInterface
    interface Variables {
        @Nullable
        String get(String name);
    }

    private ClientIdentity() {}

    /** The client ID; empty if the properties name neither one nor a group. */
    static Optional<ClientId> of(ApsaraMqttProperties properties, Variables variables) {
        requireOneWay(properties);
        if (properties.clientId() != null) {
            return Optional.of(whole(properties.clientId()));
        }
        if (properties.groupId() != null) {
            String given = properties.deviceId();
            return Optional.of(
                    ofGroup(properties.groupId(), given == null || given.isBlank() ? hostName(variables) : given));
        }
        return Optional.empty();
    }

    private static void requireOneWay(ApsaraMqttProperties properties) {
        MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn(entries -> {
            entries.put("apsara.mqtt.client-id", properties.clientId());
            entries.put("apsara.mqtt.group-id", properties.groupId());
        });
        MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn(entries -> {
            entries.put("apsara.mqtt.client-id", properties.clientId());
            entries.put("apsara.mqtt.device-id", properties.deviceId());
        });
    }

    private static ClientId whole(String clientId) {
        try {
            return ClientId.of(clientId);
        } catch (InvalidMqttValueException e) {
            throw new MqttPropertyException("client-id", e);
        }
    }

    private static ClientId ofGroup(String groupId, String deviceId) {
        try {
            return ClientId.of(groupId, deviceId);
        } catch (InvalidMqttValueException e) {
            throw new MqttPropertyException(e.value().equals(groupId) ? "group-id" : "device-id", e);
        }
    }

    private static String hostName(Variables variables) {
        // A container or Windows tells its name without asking a name server, which could take seconds.
        String name = variables.get("HOSTNAME");
        name = name == null || name.isBlank() ? variables.get("COMPUTERNAME") : name;
        try {
            name = name == null || name.isBlank() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (UnknownHostException e) {
            throw new MqttPropertyException(
                    "device-id", "is missing, and this host has no name to use instead: " + e.getMessage());
        }
        return name.replaceAll("[^0-9A-Za-z_-]", "-");
    }
}
