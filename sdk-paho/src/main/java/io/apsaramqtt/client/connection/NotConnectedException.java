package io.apsaramqtt.client.connection;

import io.apsaramqtt.ApsaraMqttException;

/**
 * An operation needs a connection and there is none; nothing was sent.
 *
 * <p>Immutable.
 */
public final class NotConnectedException extends ApsaraMqttException {

    private final ConnectionState state;

    /** {@code operation} was asked for in {@code state}. */
    public NotConnectedException(String operation, ConnectionState state) {
        super("Cannot " + operation + ": the client is " + describe(state));
        this.state = state;
    }

    private static String describe(ConnectionState state) {
        return switch (state) {
            case DISCONNECTED -> "not connected; call connect() first";
            case CONNECTING -> "still connecting; wait for connect() or the future of connectAsync()";
            case RECONNECTING -> "connecting again after a lost connection; try again when it is connected";
            case CONNECTED -> "losing its connection; try again when it is connected";
            case CLOSED -> "closed; build a new one";
        };
    }

    /** What the connection was doing. */
    public ConnectionState state() {
        return state;
    }
}
