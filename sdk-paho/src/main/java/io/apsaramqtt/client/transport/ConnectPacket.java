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
 * @param cleanSession whether the broker forgets what it knows of this client, now and when the connection ends
 * @param sessionExpiry how long the broker keeps a session that is not clean (MQTT 5; 3.1.1 has no word for it)
 * @param receiveMaximum how many messages of QoS 1 and 2 the broker may send unacknowledged (MQTT 5)
 * @param will published by the broker when the client vanishes, null for none
 */
public record ConnectPacket(
        SignedConnect signed,
        Duration keepAlive,
        Duration timeout,
        boolean cleanSession,
        Duration sessionExpiry,
        int receiveMaximum,
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
