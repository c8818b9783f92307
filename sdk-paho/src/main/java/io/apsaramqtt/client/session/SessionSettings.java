package io.apsaramqtt.client.session;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.MessageListener;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.ServiceRules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a session is told. Immutable.
 *
 * @param endpoint where the broker listens
 * @param clientId who connects
 * @param authentication signs each connection
 * @param rules what the service asks beyond MQTT
 * @param timing how long things may take
 * @param window how many messages may be unacknowledged at a time
 * @param listenerThreads how many topics are dispatched at the same time
 * @param will published by the broker when the client vanishes, null for none
 * @param p2pListener gets messages addressed to this client alone, null for none
 * @param connectionListener is told when the connection comes and goes
 */
public record SessionSettings(
        Endpoint endpoint,
        ClientId clientId,
        Authentication authentication,
        ServiceRules rules,
        Timing timing,
        int window,
        int listenerThreads,
        @Nullable Message will,
        @Nullable MessageListener p2pListener,
        ConnectionListener connectionListener) {

    /**
     * How long things may take. Immutable.
     *
     * @param keepAlive longest silence before a PINGREQ
     * @param connectTimeout from the first packet to the CONNACK
     * @param operationTimeout for an acknowledgement, and for room in the window
     * @param backoff between attempts to connect again
     */
    public record Timing(Duration keepAlive, Duration connectTimeout, Duration operationTimeout, Backoff backoff) {}
}
