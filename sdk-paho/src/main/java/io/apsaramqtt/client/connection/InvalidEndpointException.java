package io.apsaramqtt.client.connection;

import io.apsaramqtt.ApsaraMqttException;

/**
 * A text that is no endpoint.
 *
 * <p>Immutable.
 */
public final class InvalidEndpointException extends ApsaraMqttException {

    private final String endpoint;

    InvalidEndpointException(String endpoint, String problem) {
        super("Endpoint [" + endpoint + "] " + problem);
        this.endpoint = endpoint;
    }

    /** The refused text, user name, password and query masked. */
    public String endpoint() {
        return endpoint;
    }
}
