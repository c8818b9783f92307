package io.apsaramqtt.client.session;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.client.transport.TransportProvider;
import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes one attempt after the other: each signs afresh and has a transport of its own, thrown away if it fails. */
final class Connector {

    private final SessionSettings settings;
    private final TransportProvider provider;
    private final SessionRuntime runtime;
    private @Nullable Transport trying;
    private boolean closed;

    Connector(SessionSettings settings, TransportProvider provider, SessionRuntime runtime) {
        this.settings = settings;
        this.provider = provider;
        this.runtime = runtime;
    }

    /**
     * Connects once. What the connection receives, and its loss once it is open, is told on an engine's thread and on a
     * worker.
     */
    CompletableFuture<Connection> connect(
            SignedConnect signed, Consumer<Message> received, BiConsumer<Connection, ConnectionLostException> lost) {
        Attempt attempt = new Attempt(received, lost);
        Transport transport = begin(attempt);
        SessionSettings.Timing timing = settings.timing();
        CompletableFuture<ConnectAck> ack = transport.connect(
                new ConnectPacket(signed, timing.keepAlive(), timing.connectTimeout(), settings.will()));
        Duration limit = timing.connectTimeout();
        Runnable cancel = runtime.after(
                limit, () -> ack.completeExceptionally(ConnectFailures.timedOut(settings.endpoint(), limit)));
        return ack.thenApplyAsync(accepted -> attempt.open(transport, accepted), runtime.workers())
                .whenCompleteAsync(
                        (connection, failure) -> {
                            cancel.run();
                            if (failure != null) {
                                transport.close();
                            }
                        },
                        runtime.workers());
    }

    private synchronized Transport begin(Attempt attempt) {
        if (closed) {
            throw new NotConnectedException("connect", ConnectionState.CLOSED);
        }
        Transport transport = provider.create(settings.endpoint(), settings.clientId(), attempt);
        trying = transport;
        return transport;
    }

    /** The last attempt became a connection, whose owner closes it. */
    synchronized void settled() {
        trying = null;
    }

    /** Drops the attempt in progress, if there is one, and allows no other. Blocks shortly. */
    void close() {
        Transport dropped;
        synchronized (this) {
            closed = true;
            dropped = trying;
            trying = null;
        }
        if (dropped != null) {
            dropped.close();
        }
    }

    /** One attempt, which becomes a connection or not; a loss may be told before it did. */
    private final class Attempt implements TransportListener {
        private final Consumer<Message> received;
        private final BiConsumer<Connection, ConnectionLostException> lost;
        private @Nullable Connection connection;
        private @Nullable ConnectionLostException loss;

        Attempt(Consumer<Message> received, BiConsumer<Connection, ConnectionLostException> lost) {
            this.received = received;
            this.lost = lost;
        }

        synchronized Connection open(Transport transport, ConnectAck ack) {
            Connection opened = new Connection(
                    transport, ack, settings.window(), settings.timing().operationTimeout(), runtime);
            connection = opened;
            tellLoss();
            return opened;
        }

        @Override
        public void received(Message message) {
            received.accept(message);
        }

        @Override
        public synchronized void lost(ConnectionLostException cause) {
            loss = cause;
            tellLoss();
        }

        private void tellLoss() {
            Connection opened = connection;
            ConnectionLostException cause = loss;
            if (opened != null && cause != null) {
                runtime.workers().execute(() -> {
                    opened.lost(cause);
                    lost.accept(opened, cause);
                });
            }
        }
    }
}
