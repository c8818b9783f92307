package io.apsaramqtt.client;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.MessageListener;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.ServiceLimits;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.PermissionsListener;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.resource.Dialect;
import java.time.Duration;

/**
 * Builds {@link ApsaraMqttClient}s. Endpoint, instance ID and client ID must be given; all else has the default of
 * docs/settings.md.
 *
 * <p>Not thread-safe. May be used again after {@link #build()}: each call builds a client of its own.
 */
public final class ApsaraMqttClientBuilder {

    final ClientSettings settings = new ClientSettings();

    ApsaraMqttClientBuilder() {}

    /** The instance, as in {@code post-cn-x}: named by the signature and by resource names. */
    public ApsaraMqttClientBuilder instanceId(String id) {
        settings.instanceId = id;
        return this;
    }

    /**
     * Where the broker listens; a bare host means {@code ssl://host:8883}.
     *
     * @throws io.apsaramqtt.client.connection.InvalidEndpointException if it is no endpoint
     */
    public ApsaraMqttClientBuilder endpoint(String text) {
        settings.endpoint = Endpoint.parse(text);
        return this;
    }

    /**
     * Who connects, in the form of the service: {@code groupId@@@deviceId}.
     *
     * @throws io.apsaramqtt.mqtt.InvalidMqttValueException if a part cannot be one
     */
    public ApsaraMqttClientBuilder clientId(String groupId, String deviceId) {
        return clientId(ClientId.of(groupId, deviceId));
    }

    /** Who connects. */
    public ApsaraMqttClientBuilder clientId(ClientId id) {
        settings.clientId = id;
        return this;
    }

    /** Where the AccessKey comes from that signs each connection; default: system properties, then environment. */
    public ApsaraMqttClientBuilder credentials(CredentialsProvider provider) {
        settings.credentials = provider;
        return this;
    }

    /** How connections are signed; default: signature mode with the instance ID and the credentials. */
    public ApsaraMqttClientBuilder authentication(Authentication choice) {
        settings.authentication = choice;
        return this;
    }

    /** Where the effective permissions are read from; default: nowhere, so the broker alone decides. */
    public ApsaraMqttClientBuilder permissions(PermissionSource source) {
        settings.permissions = source;
        return this;
    }

    /** What is done with a denied operation; default {@link PermissionMode#ENFORCE}. */
    public ApsaraMqttClientBuilder permissionMode(PermissionMode mode) {
        settings.permissionMode = mode;
        return this;
    }

    /** Whether {@code ENFORCE} refuses what is unknown too; default no: the broker decides. */
    public ApsaraMqttClientBuilder unknownDenied(boolean denied) {
        settings.unknownDenied = denied;
        return this;
    }

    /** Whether a missing {@code mq:MqttInstanceAccess} denies; default no, as the service's pages contradict each other. */
    public ApsaraMqttClientBuilder instanceAccessRequired(boolean required) {
        settings.instanceAccessRequired = required;
        return this;
    }

    /** Is told every verdict, for audit and metrics. */
    public ApsaraMqttClientBuilder verdictListener(VerdictListener listener) {
        settings.verdictListener = listener;
        return this;
    }

    /** Is told when the permissions held locally have changed. */
    public ApsaraMqttClientBuilder permissionsListener(PermissionsListener listener) {
        settings.permissionsListener = listener;
        return this;
    }

    /** Which generation of resource names the policies use; default {@link Dialect#AUTO}. */
    public ApsaraMqttClientBuilder dialect(Dialect choice) {
        settings.dialect = choice;
        return this;
    }

    /** The RocketMQ instance that stores the messages, which policies of the previous edition name. */
    public ApsaraMqttClientBuilder storeInstanceId(String id) {
        settings.storeInstanceId = id;
        return this;
    }

    /** The region of the instance, for policies that name it. */
    public ApsaraMqttClientBuilder regionId(String id) {
        settings.regionId = id;
        return this;
    }

    /** The account that owns the instance, for policies that name it. */
    public ApsaraMqttClientBuilder accountId(String id) {
        settings.accountId = id;
        return this;
    }

    /** Which broker it is; default {@link Profile#APSARAMQ}. */
    public ApsaraMqttClientBuilder profile(Profile choice) {
        settings.profile = choice;
        return this;
    }

    /** The limits of the instance, where its edition allows more than the standard. */
    public ApsaraMqttClientBuilder limits(ServiceLimits choice) {
        settings.limits = choice;
        return this;
    }

    /** Which version of MQTT is spoken; default 3.1.1, no fallback. */
    public ApsaraMqttClientBuilder mqttVersion(MqttVersion version) {
        settings.mqttVersion = version;
        return this;
    }

    /** Longest silence before a PINGREQ, in whole seconds from 1 s to 65,535 s; default 90 s. */
    public ApsaraMqttClientBuilder keepAlive(Duration duration) {
        settings.keepAlive = duration;
        return this;
    }

    /** Time limit of a connection attempt; default 10 s. */
    public ApsaraMqttClientBuilder connectTimeout(Duration duration) {
        settings.connectTimeout = duration;
        return this;
    }

    /** Time limit of an acknowledgement, and of waiting for room in the window; default 5 s. */
    public ApsaraMqttClientBuilder operationTimeout(Duration duration) {
        settings.operationTimeout = duration;
        return this;
    }

    /** Bounds of the random wait before connecting again; it doubles from min to max. Default 1 s to 60 s. */
    public ApsaraMqttClientBuilder reconnectDelay(Duration min, Duration max) {
        settings.reconnectMin = min;
        settings.reconnectMax = max;
        return this;
    }

    /** How many messages may be unacknowledged at a time; default 100, at most what the broker says (MQTT 5). */
    public ApsaraMqttClientBuilder window(int messages) {
        settings.window = messages;
        return this;
    }

    /** How many topics are dispatched to listeners at the same time; default 4. */
    public ApsaraMqttClientBuilder listenerThreads(int threads) {
        settings.listenerThreads = threads;
        return this;
    }

    /** What the broker publishes when the client vanishes; refused in profile {@link Profile#APSARAMQ}. */
    public ApsaraMqttClientBuilder will(Message message) {
        settings.will = message;
        return this;
    }

    /** Gets the messages that are addressed to this client alone, which need no subscription. */
    public ApsaraMqttClientBuilder p2pListener(MessageListener listener) {
        settings.p2pListener = listener;
        return this;
    }

    /** Is told when the connection comes and goes. */
    public ApsaraMqttClientBuilder connectionListener(ConnectionListener listener) {
        settings.connectionListener = listener;
        return this;
    }

    /**
     * A client that is not connected. Touches neither network nor disk.
     *
     * @throws ConfigurationException if a setting is missing or out of range
     * @throws io.apsaramqtt.mqtt.ServiceRuleException if the service would refuse the client ID or the will
     */
    public ApsaraMqttClient build() {
        return ClientAssembly.assemble(settings);
    }
}
