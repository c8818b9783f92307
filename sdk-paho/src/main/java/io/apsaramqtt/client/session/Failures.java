package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.transport.SilentBrokerException;
import java.io.EOFException;
import java.net.SocketException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What a failure is underneath. */
final class Failures {

    private Failures() {}

    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }

    static RuntimeException unchecked(Throwable failure) {
        return unwrap(failure) instanceof RuntimeException known
                ? known
                : new ApsaraMqttException("Failed: " + unwrap(failure), unwrap(failure));
    }

    /** What was sent and not answered when this side ended the connection. */
    static ConnectionLostException endedBefore(String what, @Nullable Throwable lastLoss) {
        return new ConnectionLostException(
                what + " was not acknowledged before this side ended the connection", null, lastLoss);
    }

    /** Whether the broker ended the connection over something, rather than the network, this side, or its own end. */
    static boolean isByBroker(ConnectionLostException loss) {
        if (loss.reasonCode().isPresent()) {
            return ReasonCodes.accusesAnOperation(loss.reasonCode().getAsInt());
        }
        return has(loss, EOFException.class) || has(loss, SocketException.class) || loss.getCause() == null;
    }

    /** Whether the broker was not heard of for too long, as the broker says of this side or the engine of the broker. */
    static boolean isSilence(ConnectionLostException loss) {
        return loss.reasonCode().orElse(0) == ReasonCodes.KEEP_ALIVE_TIMEOUT || has(loss, SilentBrokerException.class);
    }

    private static boolean has(@Nullable Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }
}
