package io.apsaramqtt.client;

import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.client.session.Session;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.PermissionMode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The calls of a client in a mode of their own, over the same session. */
record OperationsInMode(Session session, Requests requests, PermissionMode mode, ListenerOptions defaults)
        implements MqttOperations, Requests.Sender {

    /** The same calls in another mode. */
    OperationsInMode in(PermissionMode other) {
        return new OperationsInMode(session, requests, other, defaults);
    }

    @Override
    public CompletableFuture<Void> publishAsync(Message message) {
        return session.publish(message, mode);
    }

    @Override
    public CompletableFuture<Void> subscribeAsync(TopicFilter filter, Qos qos, MessageListener listener) {
        return subscribeAsync(filter, qos, listener, defaults);
    }

    @Override
    public CompletableFuture<Void> subscribeAsync(
            TopicFilter filter, Qos qos, MessageListener listener, ListenerOptions options) {
        return session.subscribe(filter, qos, Receiver.of(listener, options), mode);
    }

    @Override
    public CompletableFuture<Void> subscribeAsync(
            TopicFilter filter, Qos qos, AcknowledgingListener listener, ListenerOptions options) {
        return session.subscribe(filter, qos, Receiver.of(listener, options), mode);
    }

    @Override
    public void subscribeAtConnect(
            TopicFilter filter, Qos qos, AcknowledgingListener listener, ListenerOptions options) {
        session.subscribeAtConnect(filter, qos, Receiver.of(listener, options), mode);
    }

    @Override
    public CompletableFuture<Void> unsubscribeAsync(TopicFilter filter) {
        return session.unsubscribe(filter);
    }

    @Override
    public CompletableFuture<Message> requestAsync(Message request, Duration limit) {
        return requests.request(request, limit, this);
    }

    @Override
    public CompletableFuture<Message> requestAsync(Message request, Predicate<Message> reply, Duration limit) {
        return requests.request(request, reply, limit, this);
    }

    @Override
    public CompletableFuture<Void> replyAsync(Message request, byte[] payload) {
        return Calls.async(() -> publishAsync(Requests.reply(request, payload)));
    }

    @Override
    public CompletableFuture<Void> send(Message message) {
        return publishAsync(message);
    }

    @Override
    public boolean isListening(TopicFilter filter) {
        return session.isReceiving(filter);
    }

    @Override
    public CompletableFuture<Void> listen(TopicFilter filter) {
        return subscribeAsync(filter, Qos.AT_LEAST_ONCE, requests::take, defaults);
    }
}
