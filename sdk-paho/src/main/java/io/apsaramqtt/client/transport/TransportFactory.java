package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.Endpoint;

/**
 * Makes one client's transports, and keeps what the engine must remember between them: which messages of QoS 2 it has received
 * and not completed. Thread-safe; at most one of its transports is open at a time.
 */
@FunctionalInterface
public interface TransportFactory {

    /** A transport that is not connected yet. */
    Transport create(Endpoint endpoint, TransportListener listener);
}
