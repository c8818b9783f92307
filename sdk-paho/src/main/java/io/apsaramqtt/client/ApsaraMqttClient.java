package io.apsaramqtt.client;

import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.MessageListener;
import io.apsaramqtt.client.session.Session;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.source.PermissionCache;
import java.util.concurrent.CompletableFuture;

/**
 * A client of ApsaraMQ for MQTT, or of any MQTT broker: signs its connection, checks each publish and subscribe against
 * the local copy of its permissions before it is sent, and comes back after a lost connection by itself.
 *
 * <pre>{@code
 * try (ApsaraMqttClient client = ApsaraMqttClient.builder()
 *         .instanceId("post-cn-x").endpoint("post-cn-x.mqtt.aliyuncs.com")
 *         .clientId("GID_demo", "device-1")
 *         .credentials(CredentialsProvider.environment())
 *         .permissions(PermissionSource.file(Path.of("policy.json")))
 *         .build()) {
 *     client.connect();
 *     client.subscribe("alarms/#", message -> System.out.println(message.text()));
 *     client.publish("alarms/device-1", "hot");
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ApsaraMqttClient implements MqttOperations, AutoCloseable {

    private final ClientId clientId;
    private final Endpoint endpoint;
    private final Permissions permissions;
    private final PermissionCache cache;
    private final Session session;

    ApsaraMqttClient(
            ClientId clientId, Endpoint endpoint, Permissions permissions, PermissionCache cache, Session session) {
        this.clientId = clientId;
        this.endpoint = endpoint;
        this.permissions = permissions;
        this.cache = cache;
        this.session = session;
    }

    /** A builder with the defaults of docs/settings.md. */
    public static ApsaraMqttClientBuilder builder() {
        return new ApsaraMqttClientBuilder();
    }

    /**
     * An unconnected client from environment variables: {@code APSARA_MQTT_ENDPOINT}, {@code APSARA_MQTT_INSTANCE_ID},
     * {@code APSARA_MQTT_GROUP_ID}, {@code APSARA_MQTT_DEVICE_ID} (default: the host name), {@code APSARA_MQTT_POLICY_FILE}
     * (optional), and the AccessKey from the default chain.
     *
     * @throws ConfigurationException if a variable is missing
     */
    public static ApsaraMqttClient fromEnvironment() {
        return EnvironmentSettings.builder(System::getenv).build();
    }

    /**
     * Connects, and returns when the client is connected. Blocks up to the connect time-out (10 s), longer where the
     * credentials or permissions come from afar, and without limit where the client is connecting again after a loss: until it
     * is back or closed. May be called again after it failed.
     *
     * @throws io.apsaramqtt.client.connection.ConnectFailedException if no connection could be made
     * @throws io.apsaramqtt.credentials.CredentialsException if there is no AccessKey
     * @throws io.apsaramqtt.authentication.AuthenticationException if the AccessKey cannot sign
     * @throws io.apsaramqtt.permission.source.PermissionSourceException if the permissions cannot be read
     * @throws io.apsaramqtt.policy.MalformedPolicyException if what was read is no policy
     */
    public void connect() {
        Calls.await(connectAsync());
    }

    /** Connects; the future completes when the client is connected, or fails as {@link #connect()} does. Never throws. */
    public CompletableFuture<Void> connectAsync() {
        return session.connect();
    }

    /** Whether the client is connected now. */
    public boolean isConnected() {
        return session.state() == ConnectionState.CONNECTED;
    }

    /** What the connection is doing now. */
    public ConnectionState state() {
        return session.state();
    }

    /** What this client may do, and why. */
    public Permissions permissions() {
        return permissions;
    }

    /**
     * The same client for calls that are checked otherwise than its others: {@code withPermissionMode(OFF).publish(...)} is
     * sent unchecked. A subscription keeps the mode it was made in.
     */
    public MqttOperations withPermissionMode(PermissionMode mode) {
        return new OperationsInMode(session, mode);
    }

    /** Has the permissions read anew at the next check; that check is still answered from the copy. Does not block. */
    public void refreshPermissions() {
        cache.invalidate();
    }

    /** Who connects. */
    public ClientId clientId() {
        return clientId;
    }

    /** Where to. */
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public CompletableFuture<Void> publishAsync(Message message) {
        return session.publish(message);
    }

    @Override
    public CompletableFuture<Void> subscribeAsync(TopicFilter filter, Qos qos, MessageListener listener) {
        return session.subscribe(filter, qos, listener);
    }

    @Override
    public CompletableFuture<Void> unsubscribeAsync(TopicFilter filter) {
        return session.unsubscribe(filter);
    }

    /**
     * Closes for good: waits up to the operation time-out for what is pending, sends DISCONNECT, ends the threads. Does
     * nothing the second time. Never throws.
     */
    @Override
    public void close() {
        session.close();
        cache.close();
    }

    /** Client ID, endpoint and state. */
    @Override
    public String toString() {
        return "ApsaraMqttClient[" + clientId + " at " + endpoint + ", " + session.state() + "]";
    }
}
