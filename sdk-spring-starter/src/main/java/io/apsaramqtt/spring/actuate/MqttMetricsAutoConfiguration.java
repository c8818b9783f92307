package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.spring.MqttClients;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the meters of the clients, which Spring Boot binds to each registry there is. Immutable. */
@AutoConfiguration(afterName = "io.apsaramqtt.spring.autoconfigure.ApsaraMqttAutoConfiguration")
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(MqttClients.class)
@ConditionalOnProperty(name = "apsara.mqtt.metrics.enabled", havingValue = "true", matchIfMissing = true)
final class MqttMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    VerdictCounts apsaraMqttVerdictCounts() {
        return new VerdictCounts();
    }

    @Bean
    @ConditionalOnMissingBean(name = "apsaraMqttClientMeters")
    MeterBinder apsaraMqttClientMeters(MqttClients clients, VerdictCounts verdicts) {
        return new ClientMeters(clients, verdicts, Clock.systemUTC());
    }

    @Bean
    @ConditionalOnMissingBean(name = "apsaraMqttLossMeter")
    LossMeter apsaraMqttLossMeter() {
        return new LossMeter();
    }
}
