package io.apsaramqtt.samples.tokenserver;

import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.openapi.MqttOpenApi;
import java.net.URI;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Authenticates a device, decides what it may use, and applies for its token. A sample: a server of your own keeps its devices in
 * a database, their secrets hashed, and is reached over TLS alone.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenServerProperties.class)
public class TokenServer {

    /** Starts the server. */
    public static void main(String[] args) {
        SpringApplication.run(TokenServer.class, args);
    }

    @Bean
    MqttOpenApi mqttOpenApi(TokenServerProperties properties) {
        MqttOpenApi api =
                MqttOpenApi.of(properties.regionId(), properties.instanceId(), CredentialsProvider.defaultChain());
        URI endpoint = properties.endpoint();
        return endpoint == null ? api : api.withEndpoint(endpoint);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
