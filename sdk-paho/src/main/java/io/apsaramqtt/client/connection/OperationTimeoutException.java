package io.apsaramqtt.client.connection;

import io.apsaramqtt.ApsaraMqttException;
import java.time.Duration;

/**
 * The broker did not acknowledge in time, or the window had no room in time. A message that was sent may still arrive.
 *
 * <p>Immutable.
 */
public final class OperationTimeoutException extends ApsaraMqttException {

    private final Duration timeout;

    /** {@code what} did not happen within {@code timeout}. */
    public OperationTimeoutException(String what, Duration timeout) {
        super(what + " within " + timeout.toMillis() + " ms");
        this.timeout = timeout;
    }

    /** How long it was waited for. */
    public Duration timeout() {
        return timeout;
    }
}
