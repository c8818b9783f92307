package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.spring.MqttMessages;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.converter.MessageConverter;

/**
 * How payloads are converted: bytes and texts as they are, then by the application's converters, then JSON by the Jackson that is
 * there. Immutable.
 */
@Configuration(proxyBeanMethods = false)
@Import({Jackson3Configuration.class, Jackson2Configuration.class})
final class MessagesConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MqttMessages mqttMessages(ObjectProvider<MessageConverter> own, ObjectProvider<JsonMessageConverter> json) {
        List<MessageConverter> converters = new ArrayList<>(own.orderedStream().toList());
        json.orderedStream().limit(1).map(JsonMessageConverter::converter).forEach(converters::add);
        return new MqttMessages(converters);
    }
}
