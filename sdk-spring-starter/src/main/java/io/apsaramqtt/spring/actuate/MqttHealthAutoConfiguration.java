package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.spring.MqttClients;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration of the health of the clients, in Spring Boot 3 and 4. By the property alone: the annotation of Spring Boot
 * for it moved too. Immutable.
 */
@AutoConfiguration(
        afterName = "io.apsaramqtt.spring.autoconfigure.ApsaraMqttAutoConfiguration",
        beforeName = {
            "org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration",
            "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration"
        })
@Conditional(MqttHealthAutoConfiguration.OnHealthTypes.class)
@ConditionalOnBean(MqttClients.class)
@ConditionalOnExpression("${management.health.apsaramqtt.enabled:${management.health.defaults.enabled:true}}")
@ConditionalOnMissingBean(name = HealthRegistrar.CONTRIBUTOR)
@Import({HistoryConfiguration.class, HealthRegistrar.class})
final class MqttHealthAutoConfiguration {

    @Bean(HealthRegistrar.FACTORY)
    HealthFactory apsaraMqttHealthFactory(
            MqttClients clients, ConnectionHistory history, ConfigurableListableBeanFactory beans) {
        return new HealthFactory(
                clients, history, HealthTypes.in(beans.getBeanClassLoader()).orElseThrow());
    }

    /** Whether there is a Spring Boot that knows of health. */
    static final class OnHealthTypes implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return HealthTypes.in(context.getClassLoader()).isPresent();
        }
    }
}
