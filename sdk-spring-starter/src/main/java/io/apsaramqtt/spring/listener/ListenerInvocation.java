package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.spring.MqttHeaders;
import io.apsaramqtt.spring.MqttListener.AckMode;
import io.apsaramqtt.spring.MqttListenerErrorHandler;
import io.apsaramqtt.spring.MqttMessages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

/** Calls a listener method with a message. Thread-safe. */
final class ListenerInvocation implements AcknowledgingListener {

    private final InvocableHandlerMethod method;
    private final List<TopicTemplate> topics;
    private final AckMode ackMode;
    private final MqttMessages messages;
    private final @Nullable MqttListenerErrorHandler errorHandler;
    private final Replies replies;

    ListenerInvocation(
            InvocableHandlerMethod method,
            List<TopicTemplate> topics,
            AckMode ackMode,
            MqttMessages messages,
            @Nullable MqttListenerErrorHandler errorHandler,
            Replies replies) {
        this.method = method;
        this.topics = topics;
        this.ackMode = ackMode;
        this.messages = messages;
        this.errorHandler = errorHandler;
        this.replies = replies;
    }

    @Override
    public void onMessage(Message message, Acknowledgment acknowledgment) throws Exception {
        replies.publish(message, call(messages.toSpring(message, headers(message, acknowledgment))));
        if (ackMode == AckMode.AUTO) {
            acknowledgment.acknowledge();
        }
    }

    private Map<String, Object> headers(Message message, Acknowledgment acknowledgment) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(
                MqttHeaders.VARIABLES,
                topics.stream()
                        .filter(topic -> topic.filter().matches(message.topic()))
                        .findFirst()
                        .map(topic -> topic.values(message.topic()))
                        .orElse(Map.of()));
        if (ackMode == AckMode.MANUAL) {
            headers.put(MqttHeaders.ACKNOWLEDGMENT, acknowledgment);
        }
        return headers;
    }

    private @Nullable Object call(org.springframework.messaging.Message<byte[]> message) throws Exception {
        try {
            return method.invoke(message);
        } catch (Exception e) {
            if (errorHandler == null) {
                throw e;
            }
            return errorHandler.handle(message, e);
        }
    }

    /** The method. */
    @Override
    public String toString() {
        return method.toString();
    }
}
