package io.apsaramqtt.client;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes messages. {@code publish} blocks until the broker has acknowledged (QoS 0: until it is written) and throws;
 * {@code publishAsync} never throws and fails its future with the same exceptions:
 *
 * <ul>
 *   <li>{@link io.apsaramqtt.mqtt.InvalidMqttValueException}, {@link io.apsaramqtt.mqtt.ServiceRuleException}: bad topic
 *       name, payload too large, ...; nothing was sent
 *   <li>{@link io.apsaramqtt.permission.PermissionDeniedException}: certainly denied; nothing was sent
 *   <li>{@link io.apsaramqtt.client.connection.NotConnectedException}: nothing was sent
 *   <li>{@link io.apsaramqtt.client.connection.OperationRefusedException}: the broker refused it
 *   <li>{@link io.apsaramqtt.client.connection.OperationTimeoutException},
 *       {@link io.apsaramqtt.client.connection.ConnectionLostException}: it may have arrived or not
 * </ul>
 *
 * <p>Both block up to the operation time-out (5 s) where the window of unacknowledged messages is full. Futures complete on
 * a thread of the client. Methods without a {@link Qos} publish with QoS 1. Thread-safe.
 */
public interface MessagePublisher {

    /** Publishes a message; the future completes when the broker has acknowledged. */
    CompletableFuture<Void> publishAsync(Message message);

    /** Publishes a message; returns when the broker has acknowledged. */
    default void publish(Message message) {
        Calls.await(publishAsync(message));
    }

    /** Publishes a text in UTF-8. */
    default void publish(String topic, String text) {
        publish(Message.of(topic, text));
    }

    /** Publishes bytes. */
    default void publish(String topic, byte[] payload) {
        publish(Message.of(topic, payload));
    }

    /** Publishes a text in UTF-8 with a quality of service. */
    default void publish(String topic, String text, Qos qos) {
        publish(Message.of(topic, text).withQos(qos));
    }

    /** Publishes bytes with a quality of service. */
    default void publish(String topic, byte[] payload, Qos qos) {
        publish(Message.of(topic, payload).withQos(qos));
    }

    /** Publishes a text in UTF-8. */
    default void publish(TopicName topic, String text) {
        publish(Message.of(topic, text));
    }

    /** Publishes bytes. */
    default void publish(TopicName topic, byte[] payload) {
        publish(Message.of(topic, payload));
    }

    /** Publishes a text in UTF-8; never throws. */
    default CompletableFuture<Void> publishAsync(String topic, String text) {
        return Calls.async(() -> publishAsync(Message.of(topic, text)));
    }

    /** Publishes bytes; never throws. */
    default CompletableFuture<Void> publishAsync(String topic, byte[] payload) {
        return Calls.async(() -> publishAsync(Message.of(topic, payload)));
    }

    /** Publishes a text in UTF-8 with a quality of service; never throws. */
    default CompletableFuture<Void> publishAsync(String topic, String text, Qos qos) {
        return Calls.async(() -> publishAsync(Message.of(topic, text).withQos(qos)));
    }

    /** Publishes bytes with a quality of service; never throws. */
    default CompletableFuture<Void> publishAsync(String topic, byte[] payload, Qos qos) {
        return Calls.async(() -> publishAsync(Message.of(topic, payload).withQos(qos)));
    }

    /** Publishes a text in UTF-8; never throws. */
    default CompletableFuture<Void> publishAsync(TopicName topic, String text) {
        return publishAsync(Message.of(topic, text));
    }

    /** Publishes bytes; never throws. */
    default CompletableFuture<Void> publishAsync(TopicName topic, byte[] payload) {
        return publishAsync(Message.of(topic, payload));
    }

    /** Publishes a text to one client, which gets it without a subscription (service page "P2P messaging model"). */
    default void publishToClient(String parentTopic, ClientId clientId, String text) {
        publish(TopicName.p2p(parentTopic, clientId), text);
    }

    /** Publishes bytes to one client, which gets them without a subscription. */
    default void publishToClient(String parentTopic, ClientId clientId, byte[] payload) {
        publish(TopicName.p2p(parentTopic, clientId), payload);
    }

    /** Publishes a text to one client; never throws. */
    default CompletableFuture<Void> publishToClientAsync(String parentTopic, ClientId clientId, String text) {
        return Calls.async(() -> publishAsync(TopicName.p2p(parentTopic, clientId), text));
    }

    /** Publishes bytes to one client; never throws. */
    default CompletableFuture<Void> publishToClientAsync(String parentTopic, ClientId clientId, byte[] payload) {
        return Calls.async(() -> publishAsync(TopicName.p2p(parentTopic, clientId), payload));
    }
}
