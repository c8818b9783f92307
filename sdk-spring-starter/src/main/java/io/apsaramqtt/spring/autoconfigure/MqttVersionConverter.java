package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.mqtt.MqttVersion;
import java.util.Locale;
import org.springframework.core.convert.converter.Converter;

/** Reads a version of MQTT as people write it: {@code 5}, {@code 3.1.1}, {@code v5}. Immutable. */
final class MqttVersionConverter implements Converter<String, MqttVersion> {

    @Override
    public MqttVersion convert(String text) {
        String number = text.strip().toLowerCase(Locale.ROOT).replace('_', '.').replaceFirst("^v", "");
        return switch (number) {
            case "3.1.1" -> MqttVersion.V3_1_1;
            case "5", "5.0" -> MqttVersion.V5;
            default ->
                throw new IllegalArgumentException(
                        "MQTT version [" + text + "] is not supported; allowed are 3.1.1 and 5");
        };
    }
}
