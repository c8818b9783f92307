package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.resource.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Properties of the auto-configured client. What is null here keeps the default of the client's builder.
 *
 * <p>Immutable.
 *
 * @param endpoint Broker to connect to. A bare host means TLS on port 8883.
 * @param instanceId Instance of ApsaraMQ for MQTT, such as post-cn-x.
 * @param groupId Group that the client belongs to. With the device ID it makes the client ID.
 * @param deviceId Device within the group, unique to this process. By default the host name, with a hyphen for each
 *     character that the service does not allow.
 * @param clientId Whole client ID, instead of group ID and device ID. For brokers that are not ApsaraMQ.
 * @param connectOnStart What happens when the application starts.
 * @param mqttVersion Version of MQTT to speak, 3.1.1 or 5. There is no fallback to another one.
 * @param profile Which broker it is, and so which rules apply before anything is sent.
 * @param keepAlive Longest silence before the client pings the broker.
 * @param connectTimeout Time limit of an attempt to connect.
 * @param operationTimeout Time limit of an acknowledgement, and of waiting for room in the window.
 * @param window Number of messages that may be unacknowledged at a time.
 * @param listenerThreads Number of topics that are dispatched to listeners at the same time.
 * @param storeInstanceId RocketMQ instance that stores the messages, for policies of the previous edition.
 * @param regionId Region of the instance, for policies that name it.
 * @param accountId Account that owns the instance, for policies that name it.
 * @param reconnect Coming back after a lost connection.
 * @param permissions Check of each publish and subscribe before it is sent.
 * @param credentials AccessKey that signs each connection.
 * @param limits Limits of the instance, where its edition differs from the standard.
 */
@ConfigurationProperties("apsara.mqtt")
public record ApsaraMqttProperties(
        @Nullable String endpoint,
        @Nullable String instanceId,
        @Nullable String groupId,
        @Nullable String deviceId,
        @Nullable String clientId,
        @DefaultValue("required") ConnectOnStart connectOnStart,
        @Nullable MqttVersion mqttVersion,
        @Nullable Profile profile,
        @Nullable Duration keepAlive,
        @Nullable Duration connectTimeout,
        @Nullable Duration operationTimeout,
        @Nullable Integer window,
        @Nullable Integer listenerThreads,
        @Nullable String storeInstanceId,
        @Nullable String regionId,
        @Nullable String accountId,
        @DefaultValue Reconnect reconnect,
        @DefaultValue Permissions permissions,
        @DefaultValue Credentials credentials,
        @DefaultValue Limits limits) {

    /** What happens when the application starts. */
    public enum ConnectOnStart {
        /** Waits for the connection; without one the application does not start. */
        REQUIRED,
        /** Waits for the connection; without one the application starts, unconnected until it connects the client itself. */
        OPTIONAL,
        /** Does not connect; the application connects the client itself. */
        OFF
    }

    /**
     * Coming back after a lost connection.
     *
     * <p>Immutable.
     *
     * @param min Bound of the random wait before the first attempt, doubled by each that fails. Set together with max.
     * @param max Bound of the random wait that is never doubled beyond. Set together with min.
     */
    public record Reconnect(
            @Nullable Duration min, @Nullable Duration max) {}

    /**
     * Check of each publish and subscribe before it is sent.
     *
     * <p>Immutable.
     *
     * @param policyFile File that holds the RAM policies of this client. Without one the broker alone decides.
     * @param mode What is done with a denied operation.
     * @param dialect Generation of resource names that the policies use.
     */
    public record Permissions(
            @Nullable Path policyFile,
            @Nullable PermissionMode mode,
            @Nullable Dialect dialect) {}

    /**
     * AccessKey that signs each connection. Without one: system properties, then environment variables of Alibaba Cloud.
     *
     * <p>Immutable.
     *
     * @param accessKeyId AccessKey ID of a permanent AccessKey.
     * @param accessKeySecret AccessKey secret that belongs to the AccessKey ID.
     */
    public record Credentials(
            @Nullable String accessKeyId, @Nullable String accessKeySecret) {

        boolean hasId() {
            return StringUtils.hasText(accessKeyId);
        }

        boolean hasSecret() {
            return StringUtils.hasText(accessKeySecret);
        }

        /** Which of the two are set, with the ID masked; never the secret. */
        @Override
        public String toString() {
            String id = accessKeyId;
            return "Credentials[accessKeyId="
                    + (id == null || id.isBlank()
                            ? "none"
                            : AccessKey.of(id, "masked").maskedId()) + ", accessKeySecret="
                    + (hasSecret() ? "****]" : "none]");
        }
    }

    /**
     * Limits of the instance, where its edition differs from the standard.
     *
     * <p>Immutable.
     *
     * @param topicLength Longest topic name or filter, in characters.
     * @param payloadBytes Largest payload, in bytes.
     * @param subscriptions Number of topic filters that a client may hold.
     */
    public record Limits(
            @Nullable Integer topicLength,
            @Nullable Integer payloadBytes,
            @Nullable Integer subscriptions) {}
}
