package io.apsaramqtt.mqtt;

import io.apsaramqtt.mqtt.MqttText.Flaw;

/**
 * A user property of MQTT 5: a name, which may occur more than once, and a value (MQTT 5 section 3.3.2.3.7). Both may be
 * empty and take up to 65,535 bytes in UTF-8. Immutable.
 *
 * @param name of the property
 * @param value of the property
 */
public record UserProperty(String name, String value) {

    /** Checks both texts against the MQTT specification; throws {@link InvalidMqttValueException}, which shows no value. */
    public UserProperty {
        MqttText.requireText("Name of a user property", name);
        Flaw flaw = MqttText.flawOf(value);
        if (flaw != null) {
            throw new InvalidMqttValueException("User property", name, -1, "has a value that " + flaw.problem());
        }
    }
}
