package io.apsaramqtt;

import org.jspecify.annotations.Nullable;

/**
 * Root of every exception that the SDK throws on purpose. Unchecked; each subclass carries its evidence as data.
 *
 * <p>Immutable. No message, cause or property of a subclass holds a secret.
 */
public class ApsaraMqttException extends RuntimeException {

    /** An exception that says {@code message}. */
    public ApsaraMqttException(String message) {
        super(message);
    }

    /** An exception that says {@code message}, caused by {@code cause}. */
    public ApsaraMqttException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What is wrong, where, what is allowed, and what to do next. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
