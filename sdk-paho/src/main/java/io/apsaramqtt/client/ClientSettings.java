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
import org.jspecify.annotations.Nullable;

/** What a builder was told so far, and the default of all else. Not thread-safe. */
final class ClientSettings {

    @Nullable
    Endpoint endpoint;

    @Nullable
    String instanceId;

    @Nullable
    ClientId clientId;

    @Nullable
    Authentication authentication;

    @Nullable
    String storeInstanceId;

    @Nullable
    String regionId;

    @Nullable
    String accountId;

    @Nullable
    Message will;

    @Nullable
    MessageListener p2pListener;

    CredentialsProvider credentials = CredentialsProvider.defaultChain();
    PermissionSource permissions = PermissionSource.none();
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
    Duration reconnectMin = ClientDefaults.RECONNECT_MIN;
    Duration reconnectMax = ClientDefaults.RECONNECT_MAX;
    int window = ClientDefaults.WINDOW;
    int listenerThreads = ClientDefaults.LISTENER_THREADS;
    ConnectionListener connectionListener = new ConnectionListener() {};
}
