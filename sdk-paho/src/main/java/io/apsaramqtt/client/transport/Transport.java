package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.TopicFilter;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One MQTT connection: it connects once and is thrown away. No method blocks but {@link #close()}; every failure comes
 * through the future. A future may stay open for ever: who calls sets the time limit.
 *
 * <p>Thread-safe for {@code publish}; the other methods are called one at a time.
 */
public interface Transport {

    /** Connects; fails with {@link io.apsaramqtt.client.connection.ConnectFailedException}. */
    CompletableFuture<ConnectAck> connect(ConnectPacket packet);

    /** Publishes; completes when a message of QoS 0 was written, and any other acknowledged or refused. */
    CompletableFuture<Ack> publish(Message message);

    /** Subscribes in one packet; completes with one answer a subscription, in order. */
    CompletableFuture<List<Ack>> subscribe(List<Subscription> subscriptions);

    /** Unsubscribes in one packet. */
    CompletableFuture<Void> unsubscribe(List<TopicFilter> filters);

    /** Sends DISCONNECT, after which the connection is gone. */
    CompletableFuture<Void> disconnect();

    /** Drops the connection and frees all it holds, at once and without a DISCONNECT. Blocks shortly; never throws. */
    void close();
}
