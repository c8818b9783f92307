package io.apsaramqtt.spring.autoconfigure;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** JSON where there is no Jackson 3, or Spring 6, which does not know it. Immutable. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(
        name = {
            "com.fasterxml.jackson.databind.ObjectMapper",
            "org.springframework.messaging.converter.MappingJackson2MessageConverter"
        })
@ConditionalOnMissingBean(JsonMessageConverter.class)
final class Jackson2Configuration {

    // Spring 7 is to drop it one day; the condition above then does.
    @Bean
    @SuppressWarnings("removal")
    JsonMessageConverter mqttJsonMessageConverter(ObjectProvider<ObjectMapper> mapper) {
        ObjectMapper own = mapper.getIfUnique();
        return new JsonMessageConverter(
                own == null
                        ? new org.springframework.messaging.converter.MappingJackson2MessageConverter()
                        : new org.springframework.messaging.converter.MappingJackson2MessageConverter(own));
    }
}
