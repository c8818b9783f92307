package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.spring.MqttTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the template.
 *
 * <p>Immutable.
 *
 * @param defaultTopic Topic of a message that is published without one.
 * @param defaultQos Quality of service of a message that is published without one.
 */
@ConfigurationProperties("apsara.mqtt.template")
record MqttTemplateProperties(
        @Nullable String defaultTopic,
        @DefaultValue("at-least-once") Qos defaultQos) {

    /** The template with what they say. */
    MqttTemplate applyTo(MqttTemplate template) {
        MqttTemplate withQos = template.withDefaultQos(defaultQos);
        return defaultTopic == null
                ? withQos
                : MqttPropertyException.naming("template.default-topic", defaultTopic, withQos::withDefaultTopic);
    }
}
