package io.apsaramqtt.client.connection;

import io.apsaramqtt.ApsaraMqttException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The connection was lost, and with it what the broker had not acknowledged: a message may have arrived or not.
 *
 * <p>Immutable.
 */
public final class ConnectionLostException extends ApsaraMqttException {

    private final @Nullable Integer reasonCode;

    /**
     * A lost connection.
     *
     * @param reasonCode of the broker's DISCONNECT (MQTT 5), null if there was none
     */
    public ConnectionLostException(String message, @Nullable Integer reasonCode, @Nullable Throwable cause) {
        super(message, cause);
        this.reasonCode = reasonCode;
    }

    /** The reason code of the broker's DISCONNECT, if it sent one (MQTT 5 only). */
    public OptionalInt reasonCode() {
        return reasonCode == null ? OptionalInt.empty() : OptionalInt.of(reasonCode);
    }
}
