package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.util.StringUtils;

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
            return Optional.of(ofGroup(
                    properties.groupId(), given == null || given.isBlank() ? deviceId(properties, variables) : given));
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

    private static String deviceId(ApsaraMqttProperties properties, Variables variables) {
        return switch (properties.deviceIdFrom()) {
            case HOST_NAME -> hostName(variables);
            case POD_NAME -> podName(variables);
            case FILE -> {
                if (properties.deviceIdFile() == null) {
                    throw new MqttPropertyException(
                            "device-id-file",
                            "is missing; with device-id-from 'file' it says where the device ID is kept");
                }
                yield new DeviceIdFile(properties.deviceIdFile()).readOrCreate();
            }
        };
    }

    private static String podName(Variables variables) {
        return first(variables, "POD_NAME", "HOSTNAME")
                .map(ClientIdentity::allowed)
                .orElseThrow(() -> new MqttPropertyException(
                        "device-id-from",
                        "is 'pod-name', but neither POD_NAME nor HOSTNAME is set. Set POD_NAME from metadata.name in the"
                                + " pod, or choose host-name or file"));
    }

    private static Optional<String> first(Variables variables, String... names) {
        return Arrays.stream(names)
                .map(variables::get)
                .filter(StringUtils::hasText)
                .findFirst();
    }

    private static String allowed(String name) {
        return name.replaceAll("[^0-9A-Za-z_-]", "-");
    }

    private static String hostName(Variables variables) {
        // A container or Windows tells its name without asking a name server, which could take seconds.
        Optional<String> told = first(variables, "HOSTNAME", "COMPUTERNAME");
        try {
            return allowed(
                    told.isPresent() ? told.get() : InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            throw new MqttPropertyException(
                    "device-id", "is missing, and this host has no name to use instead: " + e.getMessage());
        }
    }
}
