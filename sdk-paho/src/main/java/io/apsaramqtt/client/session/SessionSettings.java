package io.apsaramqtt.client.session;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.ClientTokens;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.ServiceRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a session is told. Immutable.
 *
 * @param endpoints where the broker listens, tried in this order
 * @param clientId who connects
 * @param authentication signs each connection
 * @param tokens those that it signs with, in token mode
 * @param sockets the sockets for an endpoint, asked for at each attempt; may read files
 * @param rules what the service asks beyond MQTT
 * @param version which MQTT is spoken
 * @param kept whether and how long the broker keeps the session
 * @param timing how long things may take
 * @param reconnecting how it connects again, and when it stops
 * @param quarantine when a topic is left alone
 * @param flow how much may be in progress
 * @param will published by the broker when the client vanishes, null for none
 * @param connectionListener is told when the connection comes and goes
 * @param mismatch told when the broker refuses what the local check allows
 */
public record SessionSettings(
        List<Endpoint> endpoints,
        ClientId clientId,
        Authentication authentication,
        Optional<ClientTokens> tokens,
        Function<Endpoint, SocketFactory> sockets,
        ServiceRules rules,
        MqttVersion version,
        Kept kept,
        Timing timing,
        Reconnecting reconnecting,
        Quarantine quarantine,
        Flow flow,
        @Nullable Message will,
        ConnectionListener connectionListener,
        Runnable mismatch) {

    /**
     * What the broker keeps when the connection ends. Immutable.
     *
     * @param clean nothing
     * @param expiry for how long, where it is not clean (MQTT 5)
     */
    public record Kept(boolean clean, Duration expiry) {}

    /**
     * How long things may take. Immutable.
     *
     * @param keepAlive longest silence before a PINGREQ
     * @param connectTimeout from the first packet to the CONNACK
     * @param operationTimeout for a SUBACK, and for room in the window
     * @param deliveryTimeout from accepting a message to its acknowledgement, reconnects included
     */
    public record Timing(
            Duration keepAlive, Duration connectTimeout, Duration operationTimeout, Duration deliveryTimeout) {}

    /**
     * How much may be in progress. Immutable.
     *
     * @param window how many messages may be unacknowledged at a time
     * @param control what is done when the window is full
     * @param receiveMaximum how many messages the broker may send unacknowledged (MQTT 5)
     */
    public record Flow(int window, FlowControl control, int receiveMaximum) {}

    /** The first endpoint, by which the client is known. */
    Endpoint endpoint() {
        return endpoints.get(0);
    }
}
