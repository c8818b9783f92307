package io.apsaramqtt.mqtt;

import io.apsaramqtt.ApsaraMqttException;

/**
 * A text that the MQTT specification does not allow where it stands, such as a wildcard in a topic name.
 *
 * <p>Immutable.
 */
public final class InvalidMqttValueException extends ApsaraMqttException {

    private final String value;
    private final int index;

    InvalidMqttValueException(String thing, String value, int index, String problem) {
        super(thing + " [" + value + "] " + problem);
        this.value = value;
        this.index = index;
    }

    /** The refused text, whole. */
    public String value() {
        return value;
    }

    /** Where in the text the problem is, in chars from 0; -1 if it is the text as a whole. */
    public int index() {
        return index;
    }
}
