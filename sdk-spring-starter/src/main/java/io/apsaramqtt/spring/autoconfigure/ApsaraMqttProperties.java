package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.delivery.FlowControl.WhenFull;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the auto-configured clients. What is null here keeps the default of the client's builder. Each client under
 * {@code clients} has all of these properties, and takes from here what it does not say.
 *
 * <p>Immutable.
 *
 * @param clients Several clients by name. What one does not set it takes from the properties outside.
 * @param endpoint Brokers to connect to, in order. A bare host means TLS on port 8883.
 * @param instanceId Instance of ApsaraMQ for MQTT, such as post-cn-x.
 * @param groupId Group that the client belongs to. With the device ID it makes the client ID.
 * @param deviceId Device within the group, unique to this process. Without it, what device-id-from says.
 * @param deviceIdFrom Where the device ID comes from if it is not set, with a hyphen for each character that the service does
 *     not allow.
 * @param deviceIdFile File that keeps a device ID of its own, made at the first start, for device-id-from "file".
 * @param clientId Whole client ID, instead of group ID and device ID. For brokers that are not ApsaraMQ.
 * @param connectOnStart What happens when the application starts.
 * @param mqttVersion Version of MQTT to speak, 3.1.1 or 5. There is no fallback to another one.
 * @param profile Which broker it is, and so which rules apply before anything is sent.
 * @param keepAlive Longest silence before the client pings the broker.
 * @param connectTimeout Time limit of an attempt to connect.
 * @param operationTimeout Time limit of an acknowledgement, and of waiting for room in the window.
 * @param deliveryTimeout Time limit from accepting a message to its acknowledgement, reconnects included.
 * @param sessionExpiry Time that the broker keeps the session of a lost connection. Without it each connection begins anew.
 * @param window Number of messages that may be unacknowledged at a time.
 * @param listenerThreads Number of topics that are dispatched to listeners at the same time.
 * @param listenerCapacity Number of received messages that may wait for listeners.
 * @param storeInstanceId RocketMQ instance that stores the messages, for policies of the previous edition.
 * @param regionId Region of the instance, for policies that name it.
 * @param accountId Account that owns the instance, for policies that name it.
 * @param publishTopics Topics that the application publishes to, checked when it starts.
 * @param reconnect Coming back after a lost connection.
 * @param quarantine Leaving alone a topic that costs connections.
 * @param flowControl What a publish does when the window is full or the client not connected.
 * @param ssl TLS, where what the Java runtime trusts is not enough.
 * @param proxy Proxy on the way to the broker.
 * @param permissions Check of each publish and subscribe before it is sent.
 * @param credentials AccessKey that signs each connection.
 * @param limits Limits of the instance, where its edition differs from the standard.
 */
@ConfigurationProperties("apsara.mqtt")
public record ApsaraMqttProperties(
        @Nullable Map<String, ApsaraMqttProperties> clients,
        @Nullable List<String> endpoint,
        @Nullable String instanceId,
        @Nullable String groupId,
        @Nullable String deviceId,
        @DefaultValue("host-name") DeviceIdSource deviceIdFrom,
        @Nullable Path deviceIdFile,
        @Nullable String clientId,
        @DefaultValue("required") ConnectOnStart connectOnStart,
        @Nullable MqttVersion mqttVersion,
        @Nullable Profile profile,
        @Nullable Duration keepAlive,
        @Nullable Duration connectTimeout,
        @Nullable Duration operationTimeout,
        @Nullable Duration deliveryTimeout,
        @Nullable Duration sessionExpiry,
        @Nullable Integer window,
        @Nullable Integer listenerThreads,
        @Nullable Integer listenerCapacity,
        @Nullable String storeInstanceId,
        @Nullable String regionId,
        @Nullable String accountId,
        @Nullable List<String> publishTopics,
        @DefaultValue Reconnect reconnect,
        @DefaultValue Quarantine quarantine,
        @DefaultValue FlowControl flowControl,
        @DefaultValue Ssl ssl,
        @DefaultValue Proxy proxy,
        @DefaultValue @NestedConfigurationProperty MqttPermissionProperties permissions,
        @DefaultValue Credentials credentials,
        @DefaultValue Limits limits) {

    /**
     * What holds for each client, by its name: what stands below {@code clients.<name>}, and outside for all else. Where no client
     * has a name, there is one, {@code default}. For what must know of the clients before there are beans, such as a test that
     * starts their brokers.
     */
    public static Map<String, ApsaraMqttProperties> byClient(Environment environment) {
        return new NamedProperties(environment).byClient();
    }

    /** What happens when the application starts. */
    public enum ConnectOnStart {
        /** Waits for the connection; without one the application does not start. */
        REQUIRED,
        /** Waits for the connection; without one the application starts, and the client goes on trying. */
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
     * @param refusals Number of refusals of the credentials in a row that end the attempts.
     * @param takeovers Number of connections lost in a row to another client of the same ID that end the attempts.
     */
    public record Reconnect(
            @Nullable Duration min,
            @Nullable Duration max,
            @Nullable Integer refusals,
            @Nullable Integer takeovers) {}

    /**
     * Leaving alone a topic that costs connections.
     *
     * <p>Immutable.
     *
     * @param enabled Whether a topic that costs connections is left alone.
     * @param strikes Number of connections in a row that a topic may cost.
     * @param suspicion Time before a loss within which an operation may be its cause.
     * @param duration Time for which a topic is left alone.
     * @param names Number of names of one parent topic in a row that may cost a connection each. By default as many as strikes.
     */
    public record Quarantine(
            @DefaultValue("true") boolean enabled,
            @Nullable Integer strikes,
            @Nullable Duration suspicion,
            @Nullable Duration duration,
            @Nullable Integer names) {}

    /**
     * What a publish does when the window is full or the client not connected.
     *
     * <p>Immutable.
     *
     * @param whenFull What a publish does when the window is full.
     * @param queuedWhileDisconnected Whether messages are queued while the client connects again. By default only with
     *     when-full "queue".
     * @param queueMessages Number of messages that the queue takes.
     * @param queueSize Bytes of payload that the queue takes.
     */
    public record FlowControl(
            @Nullable WhenFull whenFull,
            @Nullable Boolean queuedWhileDisconnected,
            @Nullable Integer queueMessages,
            @Nullable DataSize queueSize) {}

    /**
     * TLS, where what the Java runtime trusts is not enough.
     *
     * <p>Immutable.
     *
     * @param bundle SSL bundle with what is trusted and who the client is. Its updates count from the next connection on.
     * @param verifyHostname Whether the certificate of the broker must be for the host of the endpoint.
     */
    public record Ssl(
            @Nullable String bundle, @DefaultValue("true") boolean verifyHostname) {}

    /**
     * Proxy on the way to the broker.
     *
     * <p>Immutable.
     *
     * @param type What the proxy speaks.
     * @param host Host of the proxy. Without one there is no proxy.
     * @param port Port of the proxy.
     * @param username User, if the proxy asks for one.
     * @param password Password of the user.
     */
    public record Proxy(
            @DefaultValue("http") ProxySettings.Kind type,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password) {

        /** Kind, host and port; never user or password. */
        @Override
        public String toString() {
            return "Proxy[" + type + ", " + host + ":" + port + (username == null ? "]" : ", with a user]");
        }
    }

    /**
     * AccessKey that signs each connection. Without one, the default chain: system properties, variables, profiles, roles.
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
