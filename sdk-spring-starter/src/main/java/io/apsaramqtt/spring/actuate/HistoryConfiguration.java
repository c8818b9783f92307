package io.apsaramqtt.spring.actuate;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What health, meters and the endpoint all look at. Immutable. */
@Configuration(proxyBeanMethods = false)
final class HistoryConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ConnectionHistory apsaraMqttConnectionHistory() {
        return new ConnectionHistory(Clock.systemUTC());
    }
}
