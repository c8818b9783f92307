package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;

/**
 * Where a client in token mode gets its tokens: in general an application server of your own, which knows its devices and
 * applies for them with an AccessKey that never leaves it (service page "Token authentication").
 *
 * <p>Implementations must be thread-safe. The methods may block on a file or the network; the SDK never calls them on a thread
 * that carries messages. What they throw is told as the cause of the connection that could not be made, and tried again where
 * that may help; an {@link io.apsaramqtt.ApsaraMqttException} is logged by its message alone.
 */
@FunctionalInterface
public interface TokenProvider {

    /** The tokens to connect {@code clientId} with; asked when the client has none that are valid. */
    Tokens tokens(ClientId clientId);

    /**
     * Other tokens than {@code present}, which have expired or are about to, or which the broker refused. A provider that keeps tokens
     * must not answer with those; the default asks {@link #tokens}.
     */
    default Tokens renew(ClientId clientId, Tokens present) {
        return tokens(clientId);
    }
}
