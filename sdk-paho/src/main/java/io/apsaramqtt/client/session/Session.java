package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.delivery.Undelivered;
import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.TransportFactory;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.PermissionMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A client's session: the calls, each checked first, and what outlives a connection. Thread-safe. No method blocks but
 * {@link #publish}, where the window is full and {@code FlowControl} says so.
 */
public final class Session {

    private final SessionSettings settings;
    private final PermissionGate gate;
    private final SessionParts parts;
    private final Guard guard;

    /** A session that is not connected. */
    public Session(
            SessionSettings settings,
            InboundChoice inbound,
            PermissionGate gate,
            TransportFactory transports,
            ClientRuntime runtime) {
        this.settings = settings;
        this.gate = gate;
        this.guard = new Guard();
        this.parts = new SessionParts(settings, inbound, gate, transports, runtime, guard, this::publish);
    }

    /** What the connection is doing. */
    public ConnectionState state() {
        return parts.lifecycle().state();
    }

    /** The masked ID of the AccessKey that signed the last connection. */
    public Optional<String> accessKeyId() {
        return parts.lifecycle().accessKeyId();
    }

    /** What was counted so far. */
    public SessionStatistics statistics() {
        return parts.statistics();
    }

    /**
     * Connects; where it is being done already, completes with that; where the connection is being ended, connects after its
     * end. A failed first connect may be tried again.
     */
    public CompletableFuture<Void> connect() {
        return Outcomes.plain(guard.get(parts::connect));
    }

    /** Publishes; the future completes when the broker has acknowledged. Never throws. */
    public CompletableFuture<Void> publish(Message message) {
        return publish(message, gate.mode());
    }

    /** Publishes in another mode than the client's. Never throws. */
    public CompletableFuture<Void> publish(Message message, PermissionMode mode) {
        try {
            parts.rules().requirePublishable(message);
            gate.requirePublish(message.topic(), mode);
            return admit(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Void> admit(Message message) {
        Outbound outbound = parts.outbound();
        Duration limit = settings.timing().operationTimeout();
        Accepted accepted = new Accepted();
        try {
            if (!guard.runWhen(
                    () -> outbound.isDecided(message, parts.openState()),
                    limit,
                    () -> accepted.result = outbound.accept(message, parts.openState()))) {
                throw new OperationTimeoutException(
                        "Publish to '" + message.topic() + "' found no room in the window of "
                                + guard.get(outbound.ledger()::window) + " unacknowledged messages, nothing was sent,",
                        limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApsaraMqttException(
                    "Interrupted while publish to '" + message.topic() + "' waited for room; nothing was sent", e);
        }
        return accepted.result;
    }

    /** Brings a result out of a lambda. */
    private static final class Accepted {
        CompletableFuture<Void> result = new CompletableFuture<>();
    }

    /** Subscribes in the client's mode; the future completes when the broker has granted it. Never throws. */
    public CompletableFuture<Void> subscribe(TopicFilter filter, Qos qos, Receiver receiver) {
        return subscribe(filter, qos, receiver, gate.mode());
    }

    /** Subscribes, now and after each reconnect, in another mode than the client's. Never throws. */
    public CompletableFuture<Void> subscribe(TopicFilter filter, Qos qos, Receiver receiver, PermissionMode mode) {
        try {
            parts.rules().requireSubscribable(filter, qos);
            gate.requireSubscribe(filter, mode);
            return guard.get(() -> parts.subscribe(filter, qos, receiver, mode));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Has the filter subscribed to at each connect, the first included, before anyone is told of it: so nothing that a kept
     * session holds is missed. Throws what {@link #subscribe} fails with before anything is sent.
     */
    public void subscribeAtConnect(TopicFilter filter, Qos qos, Receiver receiver) {
        subscribeAtConnect(filter, qos, receiver, gate.mode());
    }

    /** Has the filter subscribed to at each connect, in another mode than the client's. */
    public void subscribeAtConnect(TopicFilter filter, Qos qos, Receiver receiver, PermissionMode mode) {
        parts.rules().requireSubscribable(filter, qos);
        parts.subscriptions().add(new Subscriptions.Entry(new Subscription(filter, qos), receiver, mode));
    }

    /**
     * Whether messages of the filter come, or will when the client is connected again; not if the broker has refused it, or if it
     * is left out because of a quarantine or of the permissions: then {@link #subscribe} tells why. Never throws.
     */
    public boolean isReceiving(TopicFilter filter) {
        return parts.subscriptions().find(filter).filter(this::isReceived).isPresent();
    }

    private boolean isReceived(Subscriptions.Entry entry) {
        TopicFilter filter = entry.filter();
        boolean connected = guard.get(parts::openState) == ConnectionState.CONNECTED;
        // What an earlier connection was granted is worth something only in a session that the broker keeps.
        boolean granted =
                (connected || !settings.kept().clean()) && granted(filter).isPresent();
        return granted || (!connected && willBeSubscribed(entry));
    }

    private boolean willBeSubscribed(Subscriptions.Entry entry) {
        return guard.get(() -> parts.quarantine(entry.filter())).isEmpty()
                && gate.isSubscribable(entry.filter(), entry.mode());
    }

    /** Unsubscribes; while not connected, the broker is told at the next connect if it keeps the session. Never throws. */
    public CompletableFuture<Void> unsubscribe(TopicFilter filter) {
        return guard.get(() -> parts.unsubscribe(filter));
    }

    /** Forgets what was suspected, ends every quarantine, and subscribes to what the permissions or a quarantine left out. */
    public void forgive() {
        parts.forgive();
    }

    /**
     * Ends the connection in order: takes nothing more, waits up to {@code limit} for what is pending, sends DISCONNECT. What is
     * pending then fails and is returned. The client may connect again, unless {@code forGood}. Where it is being done already,
     * the shorter limit counts, and it is for good if either is. The threads are left to {@link #release}.
     */
    public CompletableFuture<Undelivered> disconnect(Duration limit, boolean forGood) {
        return guard.get(() -> parts.disconnect(limit, forGood));
    }

    /** Receives nothing more until the end of the connection; completes with what no listener handled within {@code limit}. */
    public CompletableFuture<List<Message>> drain(Duration limit) {
        return parts.inbound().drain(limit);
    }

    /** Ends the threads, after {@link #disconnect}; blocks up to {@code limit}. */
    public void release(Duration limit) {
        parts.runtime().close(limit);
    }

    /** With which quality of service the broker granted the filter on this connection, or the last one if there is none. */
    public Optional<Qos> granted(TopicFilter filter) {
        return parts.subscriptions().granted().qos(filter);
    }

    /** What is subscribed to now. */
    public List<TopicFilter> subscribed() {
        return parts.subscriptions().all().stream()
                .map(Subscriptions.Entry::filter)
                .toList();
    }
}
