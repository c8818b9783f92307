package io.apsaramqtt.http;

import io.apsaramqtt.ApsaraMqttException;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that ended without an answer.
 *
 * <p>Immutable.
 */
public final class HttpFailure extends ApsaraMqttException {

    /** How it ended. */
    public enum Kind {
        /** No connection came about, or no TLS on it: the request was certainly not received. */
        UNREACHABLE,
        /** Nothing, or not all of it, within the time. The request may have been received. */
        TIMED_OUT,
        /** The connection ended in between. The request may have been received. */
        CUT,
        /** The answer is longer than allowed. */
        TOO_LARGE,
        /** The thread that waits was interrupted; it stays so. */
        INTERRUPTED
    }

    private final Kind kind;

    HttpFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** How it ended. */
    public Kind kind() {
        return kind;
    }
}
