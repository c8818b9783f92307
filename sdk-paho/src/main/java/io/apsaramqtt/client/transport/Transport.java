package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.TopicFilter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;

/**
 * One MQTT connection: it connects once and is thrown away. Packet identifiers are given by the caller, who keeps them apart;
 * what the engine keeps of a client beyond a connection belongs to its {@link TransportFactory}. No method blocks but
 * {@link #close()}; every failure comes through the future. A future may stay open for ever: who calls sets the time limit.
 *
 * <p>Thread-safe for all but {@code connect}, {@code disconnect} and {@code close}, which are called one at a time. Messages
 * leave in the order of the calls; any other packet overtakes messages that wait to be written.
 */
public interface Transport {

    /** Connects through {@code sockets}; fails with {@link io.apsaramqtt.client.connection.ConnectFailedException}. */
    CompletableFuture<ConnectAck> connect(ConnectPacket packet, SocketFactory sockets);

    /**
     * Publishes; completes when a message of QoS 0 was written, QoS 1 acknowledged or refused, QoS 2 completed or refused.
     *
     * @param packetId 1 to 65,535, or 0 for QoS 0
     * @param duplicate whether this is sent again in the same session
     */
    CompletableFuture<Ack> publish(int packetId, boolean duplicate, Message message);

    /** Sends the PUBREL of a message of QoS 2 again; completes with its PUBCOMP. */
    CompletableFuture<Ack> release(int packetId);

    /** Subscribes in one packet; completes with one answer a subscription, in order. */
    CompletableFuture<List<Ack>> subscribe(int packetId, List<Subscription> subscriptions);

    /** Unsubscribes in one packet; completes with one answer a filter, in order. */
    CompletableFuture<List<Ack>> unsubscribe(int packetId, List<TopicFilter> filters);

    /** Sends the PUBACK of a received message of QoS 1; does nothing where the connection is gone. */
    void acknowledge(int packetId);

    /** Sends DISCONNECT, after which the connection is gone. */
    CompletableFuture<Void> disconnect();

    /** Drops the connection and frees all it holds, at once and without a DISCONNECT. Blocks shortly; never throws. */
    void close();
}
