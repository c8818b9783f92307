package io.apsaramqtt.client;

import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.delivery.Undelivered;
import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.Permissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of ApsaraMQ for MQTT, or of any MQTT broker: signs its connection, checks each publish and subscribe against
 * the local copy of its permissions before it is sent, and comes back after a lost connection by itself.
 *
 * <pre>{@code
 * try (ApsaraMqttClient client = ApsaraMqttClient.builder()
 *         .instanceId("post-cn-x").endpoint("post-cn-x.mqtt.aliyuncs.com").clientId("GID_demo", "device-1")
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

    private static final Logger log = LoggerFactory.getLogger(ApsaraMqttClient.class);

    private final ClientParts parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    ApsaraMqttClient(ClientParts parts) {
        this.parts = parts;
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
     * Connects, and returns when the client is connected and subscribed. Blocks up to the connect time-out (10 s) an endpoint,
     * longer where the credentials or permissions come from afar; without limit where the client keeps trying, after a loss or
     * with {@code firstConnectRetried}: {@link #connect(Duration)} has one. May be called again after it failed.
     *
     * @throws io.apsaramqtt.ApsaraMqttException if no connection could be made (ConnectFailedException), or signed
     *     (CredentialsException, AuthenticationException), or the permissions cannot be read
     */
    public void connect() {
        Calls.await(connectAsync());
    }

    /**
     * Connects as {@link #connect()} does, and waits up to {@code limit} for it.
     *
     * @throws io.apsaramqtt.client.connection.OperationTimeoutException if it takes longer; the client goes on trying
     */
    public void connect(Duration limit) {
        Calls.await(connectAsync(), limit, "Connect to [" + endpoint() + "] was not done");
    }

    /** Connects; the future ends as {@link #connect()} does. Never throws. */
    public CompletableFuture<Void> connectAsync() {
        return parts.session().connect();
    }

    /**
     * Disconnects in order: takes nothing more, waits up to {@code limit} for what is pending, sends DISCONNECT. What is not
     * acknowledged then has failed. The client may connect again; its subscriptions are made again then. Never throws.
     */
    public CompletableFuture<Undelivered> disconnectAsync(Duration limit) {
        return parts.session().disconnect(limit, false);
    }

    /** Receives nothing more, publishes on; completes with what no listener handled within {@code limit}. Never throws. */
    public CompletableFuture<List<Message>> drainAsync(Duration limit) {
        return parts.session().drain(limit).thenApply(List::copyOf);
    }

    /** Disconnects within the operation time-out (5 s); blocks as long. */
    public Undelivered disconnect() {
        return disconnectAsync(parts.operationTimeout()).join();
    }

    /** Whether the client is connected now. */
    public boolean isConnected() {
        return state() == ConnectionState.CONNECTED;
    }

    /** What the connection is doing now. */
    public ConnectionState state() {
        return parts.session().state();
    }

    /** What this client may do, and why. */
    public Permissions permissions() {
        return parts.permissions();
    }

    /**
     * The same client for calls that are checked otherwise than its others: {@code withPermissionMode(OFF).publish(...)} is
     * sent unchecked. A subscription keeps the mode it was made in.
     */
    public MqttOperations withPermissionMode(PermissionMode mode) {
        return parts.operations().in(mode);
    }

    /**
     * Has the permissions read anew at the next check, and lets topics out of quarantine; that check is still answered from the
     * copy. Does not block.
     */
    public void refreshPermissions() {
        parts.cache().invalidate();
        parts.session().forgive();
    }

    /** What was counted so far. */
    public ClientStatistics statistics() {
        return ClientStatistics.of(parts.session().statistics());
    }

    /** What the client is subscribed to, or will be when it is connected. */
    public List<TopicFilter> subscriptions() {
        return parts.session().subscribed();
    }

    /** The quality of service that the broker granted for {@code filter} on the connection or the last one, if it did. */
    public Optional<Qos> grantedQos(TopicFilter filter) {
        return parts.session().granted(filter);
    }

    /** Which version of MQTT is spoken. */
    public MqttVersion mqttVersion() {
        return parts.mqttVersion();
    }

    /** Who connects. */
    public ClientId clientId() {
        return parts.clientId();
    }

    /** Where to; the first where there are several. */
    public Endpoint endpoint() {
        return parts.endpoint();
    }

    @Override
    public CompletableFuture<Void> publishAsync(Message message) {
        return parts.operations().publishAsync(message);
    }

    @Override
    public CompletableFuture<Void> subscribeAsync(TopicFilter filter, Qos qos, MessageListener listener) {
        return parts.operations().subscribeAsync(filter, qos, listener);
    }

    @Override
    public CompletableFuture<Void> subscribeAsync(
            TopicFilter filter, Qos qos, MessageListener listener, ListenerOptions options) {
        return parts.operations().subscribeAsync(filter, qos, listener, options);
    }

    @Override
    public CompletableFuture<Void> subscribeAsync(
            TopicFilter filter, Qos qos, AcknowledgingListener listener, ListenerOptions options) {
        return parts.operations().subscribeAsync(filter, qos, listener, options);
    }

    @Override
    public void subscribeAtConnect(TopicFilter filter, Qos qos, AcknowledgingListener listener, ListenerOptions how) {
        parts.operations().subscribeAtConnect(filter, qos, listener, how);
    }

    @Override
    public CompletableFuture<Void> unsubscribeAsync(TopicFilter filter) {
        return parts.operations().unsubscribeAsync(filter);
    }

    @Override
    public CompletableFuture<Message> requestAsync(Message request, Duration limit) {
        return parts.operations().requestAsync(request, limit);
    }

    @Override
    public CompletableFuture<Message> requestAsync(Message request, Predicate<Message> reply, Duration limit) {
        return parts.operations().requestAsync(request, reply, limit);
    }

    @Override
    public CompletableFuture<Void> replyAsync(Message request, byte[] payload) {
        return parts.operations().replyAsync(request, payload);
    }

    /** Closes for good within about the operation time-out (5 s), which it blocks; logs what was not delivered. Never throws. */
    @Override
    public void close() {
        Undelivered left = close(parts.operationTimeout());
        if (!left.isEmpty()) {
            log.warn("Closed [{}] with {}", clientId(), left);
        }
    }

    /** Closes for good within about {@code limit}, and tells what was not delivered; nothing the second time. Never throws. */
    public Undelivered close(Duration limit) {
        if (!closed.compareAndSet(false, true)) {
            return new Undelivered(List.of(), List.of());
        }
        Undelivered left = parts.session().disconnect(limit, true).join();
        parts.release(limit);
        return left;
    }

    /** Client ID, endpoint and state. */
    @Override
    public String toString() {
        return "ApsaraMqttClient[" + clientId() + " at " + endpoint() + ", "
                + parts.session().state() + "]";
    }
}
