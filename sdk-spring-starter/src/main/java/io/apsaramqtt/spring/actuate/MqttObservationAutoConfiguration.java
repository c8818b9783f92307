package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.spring.MqttClients;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/** Auto-configuration of what observes messages, where the application has an ObservationRegistry. Immutable. */
@AutoConfiguration(
        afterName = {
            "io.apsaramqtt.spring.autoconfigure.ApsaraMqttAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({MqttClients.class, ObservationRegistry.class})
@ConditionalOnProperty(name = "apsara.mqtt.observation.enabled", havingValue = "true", matchIfMissing = true)
final class MqttObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Observing apsaraMqttObserving(ObjectProvider<ObservationRegistry> registry, ObjectProvider<MqttClients> clients) {
        return new Observing(SingletonSupplier.of(registry::getObject), SingletonSupplier.of(clients::getObject));
    }
}
