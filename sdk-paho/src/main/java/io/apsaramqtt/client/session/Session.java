package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.MessageListener;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.TransportProvider;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.PermissionMode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's session: the calls that need a connection, each checked first, and what outlives a connection. Thread-safe. No
 * method blocks but {@link #close()}, and {@link #publish} where the window is full.
 */
public final class Session {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private final SessionSettings settings;
    private final PermissionGate gate;
    private final SessionRuntime runtime;
    private final Subscriptions subscriptions;
    private final Dispatcher dispatcher;
    private final ConnectionKeeper keeper;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A session that is not connected. */
    public Session(SessionSettings settings, PermissionGate gate, TransportProvider provider, SessionRuntime runtime) {
        this.settings = settings;
        this.gate = gate;
        this.runtime = runtime;
        this.subscriptions = new Subscriptions(settings.rules());
        this.dispatcher = new Dispatcher(settings, subscriptions, runtime.workers());
        this.keeper = new ConnectionKeeper(settings, provider, runtime, dispatcher::dispatch, this::subscribeAgain);
    }

    /** What the connection is doing. */
    public ConnectionState state() {
        return keeper.state();
    }

    /** The masked ID of the AccessKey that signed the last connection. */
    public Optional<String> accessKeyId() {
        return keeper.accessKeyId();
    }

    /** Connects; where it is being done already, completes with that. A failed first connect may be tried again. */
    public CompletableFuture<Void> connect() {
        return keeper.connect();
    }

    /** Publishes; the future completes when the broker has acknowledged. Never throws. */
    public CompletableFuture<Void> publish(Message message) {
        return publish(message, gate.mode());
    }

    /** Publishes in another mode than the client's. Never throws. */
    public CompletableFuture<Void> publish(Message message, PermissionMode mode) {
        try {
            settings.rules().requirePublishable(message);
            gate.requirePublish(message.topic(), mode);
            return keeper.require("publish to '" + message.topic() + "'").publish(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Subscribes; the future completes when the broker has granted it. Never throws. */
    public CompletableFuture<Void> subscribe(TopicFilter filter, Qos qos, MessageListener listener) {
        return subscribe(filter, qos, listener, gate.mode());
    }

    /** Subscribes, now and after each reconnect, in another mode than the client's. Never throws. */
    public CompletableFuture<Void> subscribe(
            TopicFilter filter, Qos qos, MessageListener listener, PermissionMode mode) {
        try {
            settings.rules().requireSubscribable(filter);
            gate.requireSubscribe(filter, mode);
            Connection connection = keeper.require("subscribe to '" + filter + "'");
            Runnable takeBack = subscriptions.add(filter, qos, listener, mode);
            CompletableFuture<Void> granted = connection
                    .subscribe(List.of(new Subscription(filter, qos)))
                    .thenAccept(acks -> Connection.requireAccepted(acks.get(0), Operation.SUBSCRIBE, filter.value()))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            takeBack.run();
                        }
                    });
            return Connection.outcome(granted, done -> {});
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Unsubscribes; while not connected, it is only not subscribed to again. Never throws. */
    public CompletableFuture<Void> unsubscribe(TopicFilter filter) {
        subscriptions.remove(filter);
        return keeper.current()
                .map(connection -> connection.unsubscribe(filter))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Connection> subscribeAgain(Connection connection) {
        List<Subscription> wanted = subscriptions.all().stream()
                .filter(entry -> gate.permitsSubscribe(entry.subscription().filter(), entry.mode()))
                .map(Subscriptions.Entry::subscription)
                .toList();
        if (wanted.isEmpty() || connection.sessionPresent()) {
            return CompletableFuture.completedFuture(connection);
        }
        return connection.subscribe(wanted).handle((acks, failure) -> {
            if (failure != null) {
                connection.discard();
                throw new CompletionException(Connection.unwrap(failure));
            }
            for (int i = 0; i < acks.size(); i++) {
                if (acks.get(i).isRefused()) {
                    log.warn(
                            "The broker no longer grants [{}]: code {}",
                            wanted.get(i).filter(),
                            acks.get(i).code());
                }
            }
            return connection;
        });
    }

    /** Closes for good: waits for what is pending, says goodbye, ends the threads. Blocks up to a few time limits. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            keeper.close().ifPresent(Connection::close);
            dispatcher.close();
            runtime.close(settings.timing().operationTimeout());
        }
    }
}
