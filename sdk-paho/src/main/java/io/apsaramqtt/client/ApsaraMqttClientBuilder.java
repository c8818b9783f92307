package io.apsaramqtt.client;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.DeviceCredential;
import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceLimits;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.PermissionsListener;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import io.apsaramqtt.tls.TlsSettings;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Builds {@link ApsaraMqttClient}s. Endpoint, instance ID and client ID must be given; docs/settings.md has all defaults.
 * Not thread-safe. May be used again after {@link #build()}: each call builds a client of its own.
 */
public final class ApsaraMqttClientBuilder {

    final ClientSettings settings = new ClientSettings();

    ApsaraMqttClientBuilder() {}

    private ApsaraMqttClientBuilder with(Consumer<ClientSettings> change) {
        change.accept(settings);
        return this;
    }

    /** The instance, as in {@code post-cn-x}: named by the signature and by resource names. */
    public ApsaraMqttClientBuilder instanceId(String id) {
        return instance(ServiceInstance.of(id));
    }

    /** The instance, with what policies may name of it beside its ID: store instance, region, account. */
    public ApsaraMqttClientBuilder instance(ServiceInstance which) {
        return with(s -> s.instance = which);
    }

    /** Where the broker listens, in order; a bare host means {@code ssl://host:8883}. Throws InvalidEndpointException. */
    public ApsaraMqttClientBuilder endpoint(String text, String... more) {
        return with(s -> s.endpoints = ClientChecks.endpoints(text, more));
    }

    /** What TLS trusts and who this client is to it; default: what the Java runtime trusts, and no client certificate. */
    public ApsaraMqttClientBuilder tls(TlsSettings choice) {
        return with(s -> s.tls = choice);
    }

    /** The proxy on the way to the broker; default none. */
    public ApsaraMqttClientBuilder proxy(ProxySettings choice) {
        return with(s -> s.proxy = choice);
    }

    /** Who connects, as {@code groupId@@@deviceId}; throws InvalidMqttValueException if a part cannot be one. */
    public ApsaraMqttClientBuilder clientId(String groupId, String deviceId) {
        return clientId(ClientId.of(groupId, deviceId));
    }

    /** Who connects. */
    public ApsaraMqttClientBuilder clientId(ClientId id) {
        return with(s -> s.clientId = id);
    }

    /** Where the AccessKey of each connection comes from; default: {@link CredentialsProvider#defaultChain()}. */
    public ApsaraMqttClientBuilder credentials(CredentialsProvider provider) {
        return with(s -> s.credentials = provider);
    }

    /** Token mode: where the tokens come from that each connection is made with, and which are replaced before they expire. */
    public ApsaraMqttClientBuilder tokens(TokenProvider provider) {
        return with(s -> s.mode = (instanceId, unused) -> Authentication.token(instanceId, provider));
    }

    /** Device credential mode: each connection is signed with a device AccessKey of this client ID alone. */
    public ApsaraMqttClientBuilder deviceCredential(DeviceCredential credential) {
        return with(s -> s.mode = (instanceId, unused) -> Authentication.deviceCredential(instanceId, credential));
    }

    /** How connections are signed; default: signature mode with the instance ID and the credentials. */
    public ApsaraMqttClientBuilder authentication(Authentication choice) {
        return with(s -> s.authentication = choice);
    }

    /** Where the effective permissions are read from; default: from the tokens, or nowhere, so the broker alone decides. */
    public ApsaraMqttClientBuilder permissions(PermissionSource source) {
        return with(s -> s.permissions = source);
    }

    /** What is done with a denied operation; default {@link PermissionMode#ENFORCE}. */
    public ApsaraMqttClientBuilder permissionMode(PermissionMode mode) {
        return with(s -> s.permissionMode = mode);
    }

    /** Whether {@code ENFORCE} refuses what is unknown too; default no: the broker decides. */
    public ApsaraMqttClientBuilder unknownDenied(boolean denied) {
        return with(s -> s.unknownDenied = denied);
    }

    /** Whether a missing {@code mq:MqttInstanceAccess} denies; default no, as the service's pages contradict each other. */
    public ApsaraMqttClientBuilder instanceAccessRequired(boolean required) {
        return with(s -> s.instanceAccessRequired = required);
    }

    /** Is told every verdict, for audit and metrics. */
    public ApsaraMqttClientBuilder verdictListener(VerdictListener listener) {
        return with(s -> s.verdictListener = listener);
    }

    /** Is told when the permissions held locally have changed. */
    public ApsaraMqttClientBuilder permissionsListener(PermissionsListener listener) {
        return with(s -> s.permissionsListener = listener);
    }

    /** Which generation of resource names the policies use; default {@link Dialect#AUTO}. */
    public ApsaraMqttClientBuilder dialect(Dialect choice) {
        return with(s -> s.dialect = choice);
    }

    /** Which broker it is; default {@link Profile#APSARAMQ}. */
    public ApsaraMqttClientBuilder profile(Profile choice) {
        return with(s -> s.profile = choice);
    }

    /** The limits of the instance, where its edition allows more than the standard. */
    public ApsaraMqttClientBuilder limits(ServiceLimits choice) {
        return with(s -> s.limits = choice);
    }

    /** Which version of MQTT is spoken; default 3.1.1, no fallback. */
    public ApsaraMqttClientBuilder mqttVersion(MqttVersion version) {
        return with(s -> s.mqttVersion = version);
    }

    /** Longest silence before a PINGREQ, whole seconds from 1 to 65,535; default 90 s; the service cuts it to 480 s. */
    public ApsaraMqttClientBuilder keepAlive(Duration duration) {
        return with(s -> s.keepAlive = duration);
    }

    /** Has the broker keep the session for 3 days, as long as the service keeps offline messages; default: a clean session. */
    public ApsaraMqttClientBuilder persistentSession() {
        return persistentSession(ClientDefaults.SESSION_EXPIRY);
    }

    /** Has the broker keep the session for this long; MQTT 3.1.1 cannot say how long. The service asks for 600 s or more. */
    public ApsaraMqttClientBuilder persistentSession(Duration expiry) {
        return with(s -> s.sessionExpiry = expiry);
    }

    /** Time limit of a connection attempt; default 10 s. */
    public ApsaraMqttClientBuilder connectTimeout(Duration duration) {
        return with(s -> s.connectTimeout = duration);
    }

    /** Time limit of a SUBACK, of waiting for room in the window, and of closing; default 5 s. */
    public ApsaraMqttClientBuilder operationTimeout(Duration duration) {
        return with(s -> s.operationTimeout = duration);
    }

    /** From accepting a message to its acknowledgement, reconnects included; default 30 s. */
    public ApsaraMqttClientBuilder deliveryTimeout(Duration duration) {
        return with(s -> s.deliveryTimeout = duration);
    }

    /** How the client connects again, and when it stops. */
    public ApsaraMqttClientBuilder reconnecting(Reconnecting choice) {
        return with(s -> s.reconnecting = choice);
    }

    /** When a topic that costs connections is left alone. */
    public ApsaraMqttClientBuilder quarantine(Quarantine choice) {
        return with(s -> s.quarantine = choice);
    }

    /** What a publish does when the window is full or the client not connected; default: wait for room, or fail. */
    public ApsaraMqttClientBuilder flowControl(FlowControl choice) {
        return with(s -> s.flowControl = choice);
    }

    /** Bounds of the random wait before connecting again; it doubles from min to max. Default 1 s to 60 s. */
    public ApsaraMqttClientBuilder reconnectDelay(Duration min, Duration max) {
        return with(s -> s.reconnecting = ClientChecks.reconnecting(s.reconnecting, min, max));
    }

    /** How many messages may be unacknowledged at a time; default 100, at most what the broker says (MQTT 5). */
    public ApsaraMqttClientBuilder window(int messages) {
        return with(s -> s.window = messages);
    }

    /** How many topics are dispatched to listeners at the same time; default 4. */
    public ApsaraMqttClientBuilder listenerThreads(int threads) {
        return with(s -> s.listenerThreads = threads);
    }

    /** Makes the threads that run listeners and complete futures, such as virtual ones; default: daemons. */
    public ApsaraMqttClientBuilder threads(ThreadFactory factory) {
        return with(s -> s.threads = factory);
    }

    /** How many received messages may wait for listeners; default 1,000. */
    public ApsaraMqttClientBuilder listenerCapacity(int messages) {
        return with(s -> s.listenerCapacity = messages);
    }

    /** What happens when a listener fails, where its subscription does not say; default: log it. */
    public ApsaraMqttClientBuilder listenerOptions(ListenerOptions options) {
        return with(s -> s.listenerOptions = options);
    }

    /** Subscribes at each connect, the first included, before a kept session delivers. May be called several times. */
    public ApsaraMqttClientBuilder subscription(String filter, Qos qos, MessageListener listener) {
        return with(s -> s.subscribeAtConnect(filter, qos, listener));
    }

    /** What the broker publishes when the client vanishes; refused in profile {@link Profile#APSARAMQ}. */
    public ApsaraMqttClientBuilder will(Message message) {
        return with(s -> s.will = message);
    }

    /** Gets the messages that are addressed to this client alone, which need no subscription. */
    public ApsaraMqttClientBuilder p2pListener(MessageListener listener) {
        return with(s -> s.p2pListener = listener);
    }

    /** Is told when the connection comes and goes. */
    public ApsaraMqttClientBuilder connectionListener(ConnectionListener listener) {
        return with(s -> s.connectionListener = listener);
    }

    /** A client, not connected, without network or disk. Throws ConfigurationException, ServiceRuleException. */
    public ApsaraMqttClient build() {
        return ClientAssembly.assemble(settings);
    }
}
