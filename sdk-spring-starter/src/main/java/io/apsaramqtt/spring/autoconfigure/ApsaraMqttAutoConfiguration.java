package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.spring.ApsaraMqttClientCustomizer;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttTemplate;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of clients of ApsaraMQ for MQTT: an {@link ApsaraMqttClient} from {@code apsara.mqtt.*}, or one for each
 * name under {@code apsara.mqtt.clients}, which connects when the application starts; a {@link MqttTemplate} for each; and the
 * containers of {@link io.apsaramqtt.spring.MqttListener} methods, whose permissions are checked at the start with those of all that
 * the application declares. A bean of the application's own takes the place of any.
 *
 * <p>Beans of type CredentialsProvider, TokenProvider, Authentication, PermissionSource, ConnectionListener, PermissionsListener
 * and VerdictListener are handed to the clients and win over the properties, {@link ApsaraMqttConnectionDetails} win over both;
 * {@link ApsaraMqttClientCustomizer}s have the last word.
 *
 * <p>Immutable.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
            "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration",
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration",
            "org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration"
        })
@ConditionalOnClass(ApsaraMqttClient.class)
@ConditionalOnProperty(name = "apsara.mqtt.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties({ApsaraMqttProperties.class, MqttListenerProperties.class, MqttTemplateProperties.class})
@Import({MessagesConfiguration.class, ListenerConfiguration.class, PermissionConfiguration.class})
public final class ApsaraMqttAutoConfiguration {

    /** An auto-configuration, made by Spring. */
    public ApsaraMqttAutoConfiguration() {}

    @Bean
    @ConfigurationPropertiesBinding
    static MqttVersionConverter apsaraMqttVersionConverter() {
        return new MqttVersionConverter();
    }

    @Bean(ClientRegistrar.FACTORY)
    ClientFactory apsaraMqttClientFactory(ApplicationContext context) {
        return new ClientFactory(context);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ApsaraMqttClient apsaraMqttClient(ClientFactory factory) {
        return factory.client(MqttClients.DEFAULT);
    }

    @Bean
    @ConditionalOnMissingBean
    MqttClients mqttClients(ClientFactory factory) {
        return factory.all();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(ApsaraMqttClient.class)
    MqttTemplate mqttTemplate(ApsaraMqttClient client, ClientFactory factory) {
        return factory.templateOf(client);
    }

    @Bean
    @ConditionalOnMissingBean(value = ClientLifecycle.class, name = "apsaraMqttClientLifecycle")
    @ConditionalOnSingleCandidate(ApsaraMqttClient.class)
    ClientLifecycle apsaraMqttClientLifecycle(ApsaraMqttClient client, ApsaraMqttProperties properties) {
        return new ClientLifecycle(client, properties.connectOnStart());
    }

    /** The clients under {@code apsara.mqtt.clients}; registered before the condition of the one without a name is asked. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(ApsaraMqttClient.class)
    @Import(ClientRegistrar.class)
    static final class NamedClients {}

    /** Denials as audit events, where the application keeps those. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AuditEventRepository.class)
    static final class Audit {

        @Bean
        @ConditionalOnBean(AuditEventRepository.class)
        @ConditionalOnMissingBean(name = "mqttDenialAudit")
        DenialAudit mqttDenialAudit(MqttClients clients, ApplicationEventPublisher publisher) {
            return new DenialAudit(clients, publisher);
        }
    }
}
