package io.apsaramqtt.client.session;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.transport.TransportProvider;
import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a client connected: its state, the attempts, and the way back after a lost connection. Thread-safe. */
final class ConnectionKeeper {

    private static final Logger log = LoggerFactory.getLogger(ConnectionKeeper.class);

    private final SessionSettings settings;
    private final SessionRuntime runtime;
    private final Connector connector;
    private final Consumer<Message> received;
    private final Function<Connection, CompletableFuture<Connection>> restore;
    private final Notices notices;
    private volatile Optional<String> accessKeyId = Optional.empty();

    private ConnectionState state = ConnectionState.DISCONNECTED;
    private CompletableFuture<Void> connected = new CompletableFuture<>();
    private @Nullable Connection current;
    private Instant connectedAt = Instant.MIN;
    private int failures;

    /**
     * A keeper that is not connected.
     *
     * @param received is told each message, on a thread of the engine
     * @param restore makes a new connection what the last one was, before anyone is told of it
     */
    ConnectionKeeper(
            SessionSettings settings,
            TransportProvider provider,
            SessionRuntime runtime,
            Consumer<Message> received,
            Function<Connection, CompletableFuture<Connection>> restore) {
        this.settings = settings;
        this.runtime = runtime;
        this.connector = new Connector(settings, provider, runtime);
        this.received = received;
        this.restore = restore;
        this.notices = new Notices(settings.connectionListener(), runtime.workers());
    }

    synchronized ConnectionState state() {
        return state;
    }

    Optional<String> accessKeyId() {
        return accessKeyId;
    }

    synchronized Optional<Connection> current() {
        return Optional.ofNullable(current);
    }

    synchronized Connection require(String operation) {
        if (current == null) {
            throw new NotConnectedException(operation, state);
        }
        return current;
    }

    /** Connects; where it is being done already, completes with that. */
    synchronized CompletableFuture<Void> connect() {
        if (state == ConnectionState.CLOSED) {
            return CompletableFuture.failedFuture(new NotConnectedException("connect", state));
        }
        if (state == ConnectionState.DISCONNECTED) {
            state = ConnectionState.CONNECTING;
            connected = new CompletableFuture<>();
            runtime.workers().execute(this::attempt);
        }
        return Connection.outcome(connected, done -> {});
    }

    /** One attempt to connect. Runs on a worker: credentials may come from a file or the network. */
    private void attempt() {
        if (state() == ConnectionState.CLOSED) {
            return;
        }
        try {
            SignedConnect signed = settings.authentication().sign(settings.clientId());
            accessKeyId = signed.maskedAccessKeyId();
            connector.connect(signed, received, this::lost).thenCompose(restore).whenComplete((connection, failure) -> {
                if (failure == null) {
                    opened(connection);
                } else {
                    failed(Connection.unwrap(failure));
                }
            });
        } catch (RuntimeException | Error e) {
            // Credentials are the user's code: an Error swallowed here would leave the caller waiting for ever.
            failed(e);
        }
    }

    private void opened(Connection connection) {
        CompletableFuture<Void> told;
        connector.settled();
        synchronized (this) {
            if (state == ConnectionState.CLOSED) {
                connection.discard();
                return;
            }
            state = ConnectionState.CONNECTED;
            current = connection;
            connectedAt = runtime.clock().instant();
            told = connected;
            notices.connected();
        }
        log.info("Connected to [{}] as [{}]", settings.endpoint(), settings.clientId());
        told.complete(null);
        // A loss that came before anyone knew of the connection is known to the connection.
        connection.loss().ifPresent(loss -> lost(connection, loss));
    }

    private void failed(Throwable failure) {
        CompletableFuture<Void> told = null;
        Duration delay = null;
        synchronized (this) {
            if (state == ConnectionState.CONNECTING) {
                state = ConnectionState.DISCONNECTED;
                told = connected;
            } else if (state == ConnectionState.RECONNECTING) {
                failures++;
                delay = settings.timing().backoff().delay(failures, runtime.random());
            }
        }
        if (told != null) {
            told.completeExceptionally(failure);
        }
        if (delay != null) {
            log.warn("Not connected again, next attempt in {} ms: {}", delay.toMillis(), failure.getMessage());
            notices.reconnectFailed(settings.endpoint(), failure);
            runtime.after(delay, this::attempt);
        }
    }

    private void lost(Connection connection, ConnectionLostException loss) {
        Duration delay;
        synchronized (this) {
            if (!connection.equals(current)) {
                return;
            }
            current = null;
            state = ConnectionState.RECONNECTING;
            connected = new CompletableFuture<>();
            Duration lived = Duration.between(connectedAt, runtime.clock().instant());
            // A connection that dies at once is no success: without this it would come back every second for ever.
            failures = lived.compareTo(settings.timing().backoff().max()) < 0 ? failures + 1 : 0;
            delay = settings.timing().backoff().delay(failures, runtime.random());
            notices.lost(loss);
        }
        log.warn("{}; connecting again in {} ms", loss.getMessage(), delay.toMillis());
        connection.discard();
        runtime.after(delay, this::attempt);
    }

    /** Closes for good and returns what was open, still open. */
    Optional<Connection> close() {
        Optional<Connection> open;
        CompletableFuture<Void> told;
        synchronized (this) {
            state = ConnectionState.CLOSED;
            open = Optional.ofNullable(current);
            current = null;
            told = connected;
        }
        connector.close();
        told.completeExceptionally(new NotConnectedException("connect", ConnectionState.CLOSED));
        return open;
    }
}
