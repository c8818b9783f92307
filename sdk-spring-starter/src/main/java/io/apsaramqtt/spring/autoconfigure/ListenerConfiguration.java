package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.spring.listener.MqttListenerAnnotationBeanPostProcessor;
import io.apsaramqtt.spring.listener.MqttListenerRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds and runs listener methods. Immutable. */
@Configuration(proxyBeanMethods = false)
final class ListenerConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MqttListenerRegistry mqttListenerRegistry(MqttListenerProperties properties) {
        return new MqttListenerRegistry(properties.drainTimeout());
    }

    @Bean
    ListenerKeepAlive mqttListenerKeepAlive(MqttListenerRegistry registry, ApplicationContext context) {
        return new ListenerKeepAlive(registry, context);
    }

    @Bean
    @ConditionalOnMissingBean
    static MqttListenerAnnotationBeanPostProcessor mqttListenerAnnotationBeanPostProcessor(
            ObjectProvider<ClientFactory> factory) {
        return new MqttListenerAnnotationBeanPostProcessor(
                client -> factory.getObject().listenerSettings(client));
    }
}
