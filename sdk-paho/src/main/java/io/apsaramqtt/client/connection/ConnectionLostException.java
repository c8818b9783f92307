package io.apsaramqtt.client.connection;

import io.apsaramqtt.ApsaraMqttException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The connection was lost, and with it what the broker had not acknowledged: a message may have arrived or not.
 *
 * <p>Immutable.
 */
public final class ConnectionLostException extends ApsaraMqttException {

    private final @Nullable Integer reasonCode;
    private final transient @Nullable ProbableCause probableCause;

    /**
     * A lost connection.
     *
     * @param reasonCode of the broker's DISCONNECT (MQTT 5), null if there was none
     */
    public ConnectionLostException(String message, @Nullable Integer reasonCode, @Nullable Throwable cause) {
        super(message, cause);
        this.reasonCode = reasonCode;
        this.probableCause = null;
    }

    private ConnectionLostException(String message, ConnectionLostException loss, @Nullable ProbableCause cause) {
        super(message, loss);
        this.reasonCode = loss.reasonCode;
        this.probableCause = cause;
    }

    /** This loss, and what it was probably for. */
    public ConnectionLostException probablyFor(ProbableCause cause) {
        return new ConnectionLostException(getMessage() + ". " + cause, this, cause);
    }

    /** This loss, told by what was not done because of it. */
    public ConnectionLostException during(String unanswered) {
        return new ConnectionLostException(unanswered + ". " + getMessage(), this, probableCause);
    }

    /** The reason code of the broker's DISCONNECT, if it sent one (MQTT 5 only). */
    public OptionalInt reasonCode() {
        return reasonCode == null ? OptionalInt.empty() : OptionalInt.of(reasonCode);
    }

    /** What it was probably for, where something was in progress shortly before. */
    public Optional<ProbableCause> probableCause() {
        return Optional.ofNullable(probableCause);
    }
}
