package io.apsaramqtt.client;

import io.apsaramqtt.client.connection.MessageListener;
import io.apsaramqtt.client.session.Session;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.PermissionMode;
import java.util.concurrent.CompletableFuture;

/** The calls of a client in a mode of their own, over the same session. */
record OperationsInMode(Session session, PermissionMode mode) implements MqttOperations {

    @Override
    public CompletableFuture<Void> publishAsync(Message message) {
        return session.publish(message, mode);
    }

    @Override
    public CompletableFuture<Void> subscribeAsync(TopicFilter filter, Qos qos, MessageListener listener) {
        return session.subscribe(filter, qos, listener, mode);
    }

    @Override
    public CompletableFuture<Void> unsubscribeAsync(TopicFilter filter) {
        return session.unsubscribe(filter);
    }
}
