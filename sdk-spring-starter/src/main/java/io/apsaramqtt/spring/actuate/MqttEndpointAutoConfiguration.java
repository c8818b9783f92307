package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.permission.DeclaredOperations;
import java.util.Optional;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Auto-configuration of the actuator endpoint {@code apsaramqtt}, where it is exposed. Immutable. */
@AutoConfiguration(afterName = "io.apsaramqtt.spring.autoconfigure.ApsaraMqttAutoConfiguration")
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(MqttClients.class)
@Import(HistoryConfiguration.class)
final class MqttEndpointAutoConfiguration {

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    ApsaraMqttEndpoint apsaraMqttEndpoint(
            MqttClients clients, ConnectionHistory history, Optional<DeclaredOperations> declared) {
        return new ApsaraMqttEndpoint(clients, history, declared);
    }
}
