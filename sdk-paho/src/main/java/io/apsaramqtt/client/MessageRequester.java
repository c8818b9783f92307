package io.apsaramqtt.client;

import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Sends requests and answers them. With the service, a reply comes as a P2P message to {@code <parent topic>/p2p/<client ID>},
 * which needs no subscription; with another broker to {@code <parent topic>/reply/<client ID>}, which is subscribed to at
 * the first request. If that subscription is lost, the next request subscribes again, or fails with what keeps it from that. A
 * reply that comes too late goes to the P2P listener. Thread-safe.
 */
public interface MessageRequester {

    /**
     * Sends a request of MQTT 5: it carries a response topic and correlation data, which the reply brings back. The future
     * completes with the reply, or fails after {@code limit}, when the client is closed, or as {@link MessagePublisher} says.
     * Never throws.
     */
    CompletableFuture<Message> requestAsync(Message request, Duration limit);

    /**
     * Sends a request of any version, whose reply is the first P2P message that {@code reply} accepts. Who answers must learn
     * from the payload where to. Never throws; {@code reply} is called on threads of the client, and its request fails with what
     * it throws.
     */
    CompletableFuture<Message> requestAsync(Message request, Predicate<Message> reply, Duration limit);

    /** Answers a request of MQTT 5, with QoS 1; fails if it has no response topic. Never throws. */
    CompletableFuture<Void> replyAsync(Message request, byte[] payload);

    /** Sends a request of MQTT 5 and waits for the reply. */
    default Message request(Message request, Duration limit) {
        return Calls.value(requestAsync(request, limit));
    }

    /** Answers a request of MQTT 5 and waits until the broker has acknowledged. */
    default void reply(Message request, byte[] payload) {
        Calls.await(replyAsync(request, payload));
    }
}
