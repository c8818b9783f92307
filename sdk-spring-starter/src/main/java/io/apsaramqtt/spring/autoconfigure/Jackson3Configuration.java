package io.apsaramqtt.spring.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/** JSON with Spring 7, which converts by Jackson 3. Imported before {@link Jackson2Configuration}. Immutable. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({JsonMapper.class, JacksonJsonMessageConverter.class})
final class Jackson3Configuration {

    @Bean
    JsonMessageConverter mqttJsonMessageConverter(ObjectProvider<JsonMapper> mapper) {
        JsonMapper own = mapper.getIfUnique();
        return new JsonMessageConverter(
                own == null ? new JacksonJsonMessageConverter() : new JacksonJsonMessageConverter(own));
    }
}
