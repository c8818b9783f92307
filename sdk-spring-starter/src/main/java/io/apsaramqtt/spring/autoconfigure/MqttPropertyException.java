package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.ApsaraMqttException;
import java.util.function.Function;

/** A property is missing, or its value is refused. Never holds the value of a secret. Immutable. */
final class MqttPropertyException extends ApsaraMqttException {

    private final String property;

    /** {@code property}, without its prefix, has {@code problem}. */
    MqttPropertyException(String property, String problem) {
        super("Property [apsara.mqtt." + property + "] " + problem);
        this.property = property;
    }

    /** {@code property}, without its prefix, is what the client or the core refuses. */
    MqttPropertyException(String property, RuntimeException cause) {
        super("Property [apsara.mqtt." + property + "] is missing or refused: " + cause.getMessage(), cause);
        this.property = property;
    }

    /** What {@code use} makes of {@code value}; what it refuses is a refusal of {@code property}, without its prefix. */
    static <V, T> T naming(String property, V value, Function<V, T> use) {
        try {
            return use.apply(value);
        } catch (ApsaraMqttException | IllegalArgumentException e) {
            throw new MqttPropertyException(property, e);
        }
    }

    /** The whole name of the property. */
    String property() {
        return "apsara.mqtt." + property;
    }
}
