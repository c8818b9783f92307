package io.apsaramqtt.client;

import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import java.util.concurrent.CompletableFuture;

/**
 * Subscribes to topic filters. {@code subscribe} blocks until the broker has granted it and throws;
 * {@code subscribeAsync} never throws and fails its future with the same exceptions, which are those of
 * {@link MessagePublisher}. A filter has one listener: subscribing to it again replaces it. Subscriptions are kept over a
 * lost connection. Methods without a {@link Qos} ask for QoS 1. Thread-safe.
 */
public interface MessageSubscriber {

    /** Subscribes; the future completes when the broker has granted it. Never throws. */
    CompletableFuture<Void> subscribeAsync(TopicFilter filter, Qos qos, MessageListener listener);

    /** Subscribes with what happens when the listener fails. Never throws. */
    CompletableFuture<Void> subscribeAsync(
            TopicFilter filter, Qos qos, MessageListener listener, ListenerOptions options);

    /** Subscribes with a listener that acknowledges each message itself. Never throws. */
    CompletableFuture<Void> subscribeAsync(
            TopicFilter filter, Qos qos, AcknowledgingListener listener, ListenerOptions options);

    /**
     * Has the filter subscribed to at each connect, the first included, before the client is called connected: so nothing is
     * missed of what a kept session holds. For a client that is not connected yet; nothing is sent now. A filter that is not
     * granted then is told to the {@link io.apsaramqtt.client.connection.ConnectionListener}.
     *
     * @throws io.apsaramqtt.mqtt.ServiceRuleException if the service would refuse the filter
     */
    void subscribeAtConnect(TopicFilter filter, Qos qos, AcknowledgingListener listener, ListenerOptions options);

    /** Subscribes with what happens when the listener fails. */
    default void subscribe(String filter, Qos qos, MessageListener listener, ListenerOptions options) {
        Calls.await(subscribeAsync(TopicFilter.of(filter), qos, listener, options));
    }

    /** Subscribes with QoS 1 and a listener that acknowledges each message itself. */
    default void subscribeAcknowledging(String filter, AcknowledgingListener listener, ListenerOptions options) {
        Calls.await(subscribeAsync(TopicFilter.of(filter), Qos.AT_LEAST_ONCE, listener, options));
    }

    /** Subscribes with a listener that acknowledges each message itself. */
    default void subscribeAcknowledging(
            TopicFilter filter, Qos qos, AcknowledgingListener listener, ListenerOptions options) {
        Calls.await(subscribeAsync(filter, qos, listener, options));
    }

    /** Unsubscribes; while not connected it only is not subscribed to again. Never throws. */
    CompletableFuture<Void> unsubscribeAsync(TopicFilter filter);

    /** Subscribes with QoS 1. */
    default void subscribe(String filter, MessageListener listener) {
        subscribe(filter, Qos.AT_LEAST_ONCE, listener);
    }

    /** Subscribes. */
    default void subscribe(String filter, Qos qos, MessageListener listener) {
        subscribe(TopicFilter.of(filter), qos, listener);
    }

    /** Subscribes with QoS 1. */
    default void subscribe(TopicFilter filter, MessageListener listener) {
        subscribe(filter, Qos.AT_LEAST_ONCE, listener);
    }

    /** Subscribes. */
    default void subscribe(TopicFilter filter, Qos qos, MessageListener listener) {
        Calls.await(subscribeAsync(filter, qos, listener));
    }

    /** Subscribes with QoS 1; never throws. */
    default CompletableFuture<Void> subscribeAsync(String filter, MessageListener listener) {
        return subscribeAsync(filter, Qos.AT_LEAST_ONCE, listener);
    }

    /** Subscribes; never throws. */
    default CompletableFuture<Void> subscribeAsync(String filter, Qos qos, MessageListener listener) {
        return Calls.async(() -> subscribeAsync(TopicFilter.of(filter), qos, listener));
    }

    /** Unsubscribes. */
    default void unsubscribe(String filter) {
        unsubscribe(TopicFilter.of(filter));
    }

    /** Unsubscribes. */
    default void unsubscribe(TopicFilter filter) {
        Calls.await(unsubscribeAsync(filter));
    }
}
