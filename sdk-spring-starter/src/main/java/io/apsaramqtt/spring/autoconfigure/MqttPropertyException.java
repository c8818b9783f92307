package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.ApsaraMqttException;

/** A property is missing, or its value is refused. Never holds the value of a secret. Immutable. */
final class MqttPropertyException extends ApsaraMqttException {

    private final String property;

    /** {@code property}, without its prefix, has {@code problem}. */
    MqttPropertyException(String property, String problem) {
        super("Property [apsara.mqtt." + property + "] " + problem);
        this.property = property;
    }

    /** {@code property}, without its prefix, is what the client or the core refuses. */
    MqttPropertyException(String property, ApsaraMqttException cause) {
        super("Property [apsara.mqtt." + property + "] is missing or refused: " + cause.getMessage(), cause);
        this.property = property;
    }

    /** The whole name of the property. */
    String property() {
        return "apsara.mqtt." + property;
    }
}
