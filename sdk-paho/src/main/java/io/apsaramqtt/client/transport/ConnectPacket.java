package io.apsaramqtt.client.transport;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a CONNECT says. Immutable.
 *
 * @param signed user name and password
 * @param keepAlive keep-alive, whole seconds
 * @param timeout for the TCP connection and handshake
 * @param will published by the broker when the client vanishes, null for none
 */
public record ConnectPacket(
        SignedConnect signed,
        Duration keepAlive,
        Duration timeout,
        @Nullable Message will) {

    private static final long ALMOST_A_SECOND = 999;

    /** The keep-alive in whole seconds, as the packet carries it. */
    public int keepAliveSeconds() {
        return Math.toIntExact(keepAlive.toSeconds());
    }

    /** The time limit in whole seconds, rounded up: engines know no finer. */
    public int timeoutSeconds() {
        return Math.max(1, Math.toIntExact(timeout.plusMillis(ALMOST_A_SECOND).toSeconds()));
    }
}
