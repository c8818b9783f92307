package io.apsaramqtt.client.connection;

/**
 * Is told when a client's connection comes and goes. Called on a thread of the client, one call at a time; it may block,
 * which delays only later calls. What it throws is logged.
 */
public interface ConnectionListener {

    /** The client is connected and subscribed, the first time or again. */
    default void connected() {}

    /** The connection was lost; the client is connecting again. */
    default void connectionLost(ConnectionLostException loss) {}

    /** An attempt to connect again failed; the client tries on. */
    default void reconnectFailed(ConnectFailedException failure) {}
}
