package io.apsaramqtt.client.connection;

/**
 * What a client's connection is doing. Immutable.
 */
public enum ConnectionState {
    /** Built, or failed to connect the first time. */
    DISCONNECTED,
    /** Connecting for the first time. */
    CONNECTING,
    /** Connected, and subscribed to all it should be. */
    CONNECTED,
    /** Lost; connecting again. */
    RECONNECTING,
    /** Closed for good. */
    CLOSED
}
