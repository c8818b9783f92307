package io.apsaramqtt.mqtt;

import java.util.Optional;

/**
 * The identity of one MQTT client. On ApsaraMQ it reads {@code <GroupID>@@@<DeviceID>}; the group must have been created
 * on the instance (service page "Terms").
 *
 * <p>Immutable.
 *
 * @param value the whole client ID, exactly as it is sent and signed
 */
public record ClientId(String value) {

    private static final String SEPARATOR = "@@@";

    /** Checks the text against the MQTT specification; throws {@link InvalidMqttValueException}. */
    public ClientId {
        MqttText.require("Client ID", value);
    }

    /** The client ID {@code value}, in whatever form. */
    public static ClientId of(String value) {
        return new ClientId(value);
    }

    /** The client ID {@code groupId@@@deviceId}; throws {@link InvalidMqttValueException} if a part is empty or holds @. */
    public static ClientId of(String groupId, String deviceId) {
        return new ClientId(requirePart("Group ID", groupId) + SEPARATOR + requirePart("Device ID", deviceId));
    }

    private static String requirePart(String thing, String part) {
        MqttText.require(thing, part);
        if (part.indexOf('@') >= 0) {
            throw new InvalidMqttValueException(
                    thing,
                    part,
                    part.indexOf('@'),
                    "contains '@', which only separates group ID and device ID (GID_demo@@@device-1)");
        }
        return part;
    }

    /** The part before {@code @@@}, if the client ID has the form of the service. */
    public Optional<String> groupId() {
        int at = value.indexOf(SEPARATOR);
        return at < 0 ? Optional.empty() : Optional.of(value.substring(0, at));
    }

    /** The part after {@code @@@}, if the client ID has the form of the service. */
    public Optional<String> deviceId() {
        int at = value.indexOf(SEPARATOR);
        return at < 0 ? Optional.empty() : Optional.of(value.substring(at + SEPARATOR.length()));
    }

    /** The client ID itself. */
    @Override
    public String toString() {
        return value;
    }
}
