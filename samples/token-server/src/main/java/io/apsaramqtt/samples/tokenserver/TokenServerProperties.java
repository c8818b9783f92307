package io.apsaramqtt.samples.tokenserver;

import io.apsaramqtt.authentication.TokenType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the server knows.
 *
 * @param regionId such as {@code cn-hangzhou}
 * @param instanceId such as {@code post-cn-x}
 * @param endpoint of the OpenAPI, where it is not the region's own
 * @param tokenLife 60 seconds to 30 days
 * @param devices all of them
 */
@ConfigurationProperties("token-server")
public record TokenServerProperties(
        String regionId,
        String instanceId,
        @Nullable URI endpoint,
        @DefaultValue("1h") Duration tokenLife,
        @DefaultValue List<Device> devices) {

    /**
     * A device and its grant.
     *
     * @param clientId as it connects
     * @param secret that it proves itself with
     * @param type what it may do
     * @param topics the filters on which it may: 1 to 100
     */
    public record Device(
            String clientId,
            @DefaultValue("") String secret,
            @DefaultValue("RW") TokenType type,
            List<String> topics) {

        /** Never the secret. */
        @Override
        public String toString() {
            return "Device[" + clientId + ", " + type + " on " + topics + "]";
        }
    }
}
