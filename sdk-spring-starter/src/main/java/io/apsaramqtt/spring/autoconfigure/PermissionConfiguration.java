package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.listener.MqttListenerRegistry;
import io.apsaramqtt.spring.permission.DeclaredOperations;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Asks the permissions at the start for all that the application declares. Immutable. */
@Configuration(proxyBeanMethods = false)
final class PermissionConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DeclaredOperations mqttDeclaredOperations(
            MqttClients clients,
            MqttListenerRegistry listeners,
            ConfigurableListableBeanFactory beans,
            ClientFactory factory) {
        return new DeclaredOperations(clients, listeners, beans, factory::publishTopics, factory::leastPrivilege);
    }

    @Bean
    @ConditionalOnMissingBean(name = "mqttStartupCheck")
    StartupCheck mqttStartupCheck(MqttClients clients, DeclaredOperations declared, ClientFactory factory) {
        return new StartupCheck(
                clients,
                declared,
                client -> factory.properties(client).permissions().startup(),
                factory::readsPermissionsAtStart);
    }
}
