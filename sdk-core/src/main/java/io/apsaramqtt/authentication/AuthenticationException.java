package io.apsaramqtt.authentication;

import io.apsaramqtt.ApsaraMqttException;

/**
 * A connection cannot be signed with what there is.
 *
 * <p>Immutable.
 */
public final class AuthenticationException extends ApsaraMqttException {

    /** An exception that says {@code message}. */
    public AuthenticationException(String message) {
        super(message);
    }

    /** An exception that says {@code message}, caused by {@code cause}. */
    public AuthenticationException(String message, Throwable cause) {
        super(message, cause);
    }
}
