package io.apsaramqtt.spring;

import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConversionException;

/** What the headers of a Spring message say of the MQTT message to be published. Immutable. */
record OutgoingHeaders(Map<String, Object> headers) {

    @Nullable
    String topic() {
        return of(MqttHeaders.TOPIC, String.class).orElse(null);
    }

    Optional<Qos> qos() {
        Object value = headers.get(MqttHeaders.QOS);
        if (value instanceof Number number) {
            return Optional.of(numbered(number.intValue()));
        }
        return of(MqttHeaders.QOS, Qos.class);
    }

    private static Qos numbered(int code) {
        for (Qos qos : Qos.values()) {
            if (qos.code() == code) {
                return qos;
            }
        }
        throw refused(MqttHeaders.QOS, code, "0, 1 and 2");
    }

    boolean retained() {
        return of(MqttHeaders.RETAINED, Boolean.class).orElse(false);
    }

    MessageProperties properties() {
        return of(MqttHeaders.PROPERTIES, MessageProperties.class).orElse(MessageProperties.none());
    }

    private <T> Optional<T> of(String name, Class<T> type) {
        Object value = headers.get(name);
        if (value != null && !type.isInstance(value)) {
            throw refused(name, value, "a " + type.getName());
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private static MessageConversionException refused(String name, Object value, String allowed) {
        return new MessageConversionException(
                "Header [" + name + "] is [" + value + "]; allowed is " + allowed + ". Nothing was sent");
    }
}
