package io.apsaramqtt.client;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.client.inbound.InboundSettings;
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
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.PermissionsListener;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import io.apsaramqtt.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a builder was told so far, and the default of all else. Not thread-safe. */
final class ClientSettings {

    List<Endpoint> endpoints = List.of();

    @Nullable
    ServiceInstance instance;

    @Nullable
    ClientId clientId;

    @Nullable
    Authentication authentication;

    @Nullable
    Message will;

    @Nullable
    MessageListener p2pListener;

    @Nullable
    PermissionSource permissions;

    /** Of the instance ID and the credentials. */
    BiFunction<String, CredentialsProvider, Authentication> mode = Authentication::signature;

    CredentialsProvider credentials = CredentialsProvider.defaultChain();
    PermissionMode permissionMode = ClientDefaults.PERMISSION_MODE;
    PermissionsListener permissionsListener = (before, after) -> {};
    VerdictListener verdictListener = (operation, topic, verdict) -> {};
    boolean unknownDenied;
    boolean instanceAccessRequired;
    Dialect dialect = ClientDefaults.DIALECT;
    Profile profile = ClientDefaults.PROFILE;
    ServiceLimits limits = ServiceLimits.standard();
    MqttVersion mqttVersion = ClientDefaults.MQTT_VERSION;
    Duration keepAlive = ClientDefaults.KEEP_ALIVE;
    Duration connectTimeout = ClientDefaults.CONNECT_TIMEOUT;
    Duration operationTimeout = ClientDefaults.OPERATION_TIMEOUT;
    Duration deliveryTimeout = ClientDefaults.DELIVERY_TIMEOUT;
    Reconnecting reconnecting = Reconnecting.defaults();
    Quarantine quarantine = Quarantine.defaults();
    TlsSettings tls = TlsSettings.standard();

    @Nullable
    ProxySettings proxy;

    @Nullable
    Duration sessionExpiry;

    @Nullable
    ThreadFactory threads;

    FlowControl flowControl = FlowControl.blocking();
    int listenerCapacity = InboundSettings.DEFAULT_CAPACITY;
    ListenerOptions listenerOptions = ListenerOptions.defaults();
    List<AtConnect> atConnect = List.of();
    int window = ClientDefaults.WINDOW;
    int listenerThreads = ClientDefaults.LISTENER_THREADS;
    ConnectionListener connectionListener = new ConnectionListener() {};

    /** Has a filter subscribed to at each connect. */
    void subscribeAtConnect(String filter, Qos qos, MessageListener listener) {
        AtConnect added = new AtConnect(TopicFilter.of(filter), qos, listener);
        atConnect = Stream.concat(atConnect.stream(), Stream.of(added)).toList();
    }

    /** A filter that is subscribed to at each connect. Immutable. */
    record AtConnect(TopicFilter filter, Qos qos, MessageListener listener) {}
}
