package io.apsaramqtt.client.connection;

import io.apsaramqtt.ApsaraMqttException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The broker did not acknowledge in time, or there was no room, or no connection, in time. A message that was sent may still
 * arrive. The cause is the last lost connection, if one was lost meanwhile.
 *
 * <p>Immutable.
 */
public final class OperationTimeoutException extends ApsaraMqttException {

    private final Duration timeout;

    /** {@code what} did not happen within {@code timeout}. */
    public OperationTimeoutException(String what, Duration timeout) {
        this(what, timeout, null);
    }

    /** {@code what} did not happen within {@code timeout}, during which {@code loss} happened. */
    public OperationTimeoutException(String what, Duration timeout, @Nullable Throwable loss) {
        super(what + " within " + timeout.toMillis() + " ms" + (loss == null ? "" : ". " + loss.getMessage()), loss);
        this.timeout = timeout;
    }

    /** How long it was waited for. */
    public Duration timeout() {
        return timeout;
    }
}
