package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.spring.ApsaraMqttClientCustomizer;
import io.apsaramqtt.spring.MqttTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of a client of ApsaraMQ for MQTT: an {@link ApsaraMqttClient} from {@code apsara.mqtt.*}, which
 * connects when the application starts, and a {@link MqttTemplate}. A bean of the application's own takes the place of
 * either. A bean of type {@link CredentialsProvider}, {@link PermissionSource} or {@link ConnectionListener}, one of each,
 * is handed to the client and wins over the properties; {@link ApsaraMqttClientCustomizer}s have the last word.
 *
 * <p>Immutable.
 */
@AutoConfiguration
@ConditionalOnClass(ApsaraMqttClient.class)
@ConditionalOnProperty(name = "apsara.mqtt.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(ApsaraMqttProperties.class)
public final class ApsaraMqttAutoConfiguration {

    /** An auto-configuration, made by Spring. */
    public ApsaraMqttAutoConfiguration() {}

    @Bean
    @ConfigurationPropertiesBinding
    static MqttVersionConverter apsaraMqttVersionConverter() {
        return new MqttVersionConverter();
    }

    /** Not connected yet: the lifecycle does that, so that creating beans never waits for the network. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ApsaraMqttClient apsaraMqttClient(
            ApsaraMqttProperties properties,
            ObjectProvider<CredentialsProvider> credentials,
            ObjectProvider<PermissionSource> permissions,
            ObjectProvider<ConnectionListener> connectionListener,
            ObjectProvider<ApsaraMqttClientCustomizer> customizers) {
        ApsaraMqttClientBuilder builder = ClientSettings.builder(properties);
        credentials.ifAvailable(builder::credentials);
        permissions.ifAvailable(builder::permissions);
        connectionListener.ifAvailable(builder::connectionListener);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return ClientSettings.build(builder);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(ApsaraMqttClient.class)
    MqttTemplate mqttTemplate(ApsaraMqttClient client) {
        return new MqttTemplate(client);
    }

    @Bean
    @ConditionalOnMissingBean(name = "apsaraMqttClientLifecycle")
    @ConditionalOnSingleCandidate(ApsaraMqttClient.class)
    ClientLifecycle apsaraMqttClientLifecycle(ApsaraMqttClient client, ApsaraMqttProperties properties) {
        return new ClientLifecycle(client, properties.connectOnStart());
    }
}
