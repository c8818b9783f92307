package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The life of one connection, told once: connected or failed, then lost or ended. An engine may report a loss before the
 * connect has completed, twice, or after this side ended the connection; whoever listens hears it right.
 *
 * <p>Thread-safe.
 */
public final class ConnectionLife {

    private final Endpoint endpoint;
    private final TransportListener listener;
    private final CompletableFuture<ConnectAck> connect = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /** A connection to {@code endpoint} that was not made yet. */
    public ConnectionLife(Endpoint endpoint, TransportListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    /** Completes when the connection is made, or fails. */
    public CompletableFuture<ConnectAck> connect() {
        return connect;
    }

    /** The broker accepted the connection. */
    public void connected(ConnectAck ack) {
        connect.complete(ack);
    }

    /** The connection was not made. */
    public void failed(ConnectFailedException failure) {
        connect.completeExceptionally(failure);
    }

    /** The connection is gone, and this side did not end it. */
    public void lost(ConnectionLostException loss) {
        if (!connect.completeExceptionally(ConnectFailures.closed(endpoint, loss)) && over.compareAndSet(false, true)) {
            listener.lost(loss);
        }
    }

    /** This side ends the connection: what the engine reports from now on is no loss, and what is not connected will not be. */
    public void end() {
        over.set(true);
        connect.completeExceptionally(ConnectFailures.ended(endpoint));
    }
}
