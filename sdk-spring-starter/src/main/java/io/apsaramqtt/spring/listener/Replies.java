package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.MessagePublisher;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.spring.MqttMessages;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what a listener method returns. Thread-safe. */
final class Replies {

    private static final Logger log = LoggerFactory.getLogger(Replies.class);

    private final String listener;
    private final MessagePublisher publisher;
    private final MqttMessages messages;
    private final List<TopicName> topics;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** To {@code topics}, or where there is none to the response topic of each message. */
    Replies(String listener, MessagePublisher publisher, MqttMessages messages, List<TopicName> topics) {
        this.listener = listener;
        this.publisher = publisher;
        this.messages = messages;
        this.topics = topics;
    }

    /** Blocks until the broker has acknowledged, and a result that is a future is there; throws what either failed with. */
    void publish(Message received, @Nullable Object result) throws Exception {
        Object payload = result instanceof CompletionStage<?> later ? value(later) : result;
        if (payload == null) {
            return;
        }
        if (payload instanceof Message message) {
            publisher.publish(message);
        } else if (!topics.isEmpty()) {
            topics.forEach(topic -> publisher.publish(messages.toMqtt(topic.value(), payload, Qos.AT_LEAST_ONCE)));
        } else {
            answer(received, payload);
        }
    }

    private static @Nullable Object value(CompletionStage<?> later) throws Exception {
        try {
            return later.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private void answer(Message received, Object payload) {
        TopicName to = received.properties().responseTopic().orElse(null);
        if (to == null) {
            if (warned.compareAndSet(false, true)) {
                log.warn(
                        "Listener [{}] returned a value for a message on topic [{}] that has no response topic; it is"
                                + " dropped, and later ones without a word. Use @SendTo, or return nothing",
                        listener,
                        received.topic());
            }
            return;
        }
        Message reply = messages.toMqtt(to.value(), payload, Qos.AT_LEAST_ONCE);
        publisher.publish(received.properties()
                .correlationData()
                .map(data -> reply.withProperties(reply.properties().withCorrelationData(data)))
                .orElse(reply));
    }
}
