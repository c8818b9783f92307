package io.apsaramqtt.spring;

import io.apsaramqtt.client.MessagePublisher;
import io.apsaramqtt.client.MessageRequester;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the messages of a Spring application. {@code publish} blocks until the broker has acknowledged and throws,
 * {@code publishAsync} never throws and fails its future: {@link MessagePublisher} lists with what, and which failures may
 * be tried again. Besides, {@code MessageConversionException} if the payload cannot be converted; nothing was sent then.
 *
 * <p>A payload is a {@code byte[]}, a {@code String}, what a {@code MessageConverter} converts, such as a record to JSON, a
 * Spring message with {@link MqttHeaders}, or an MQTT message as it is.
 *
 * <pre>{@code
 * @Service
 * class Alarms {
 *     private final MqttTemplate mqtt;
 *
 *     Alarms(MqttTemplate mqtt) {
 *         this.mqtt = mqtt;
 *     }
 *
 *     void raise(String device, Alarm alarm) {
 *         mqtt.publish("alarms/" + device, alarm);
 *     }
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class MqttTemplate {

    private final MessagePublisher publisher;
    private final MqttMessages messages;
    private final @Nullable String defaultTopic;
    private final Qos defaultQos;

    /** A template for bytes and texts, through {@code publisher}: a client, or in a unit test a lambda that keeps messages. */
    public MqttTemplate(MessagePublisher publisher) {
        this(publisher, new MqttMessages());
    }

    /** A template that publishes through {@code publisher} what {@code messages} makes, by default with QoS 1. */
    public MqttTemplate(MessagePublisher publisher, MqttMessages messages) {
        this(publisher, messages, null, Qos.AT_LEAST_ONCE);
    }

    private MqttTemplate(
            MessagePublisher publisher, MqttMessages messages, @Nullable String defaultTopic, Qos defaultQos) {
        this.publisher = publisher;
        this.messages = messages;
        this.defaultTopic = defaultTopic;
        this.defaultQos = defaultQos;
    }

    /** This template with the topic of {@link #message} where none is said; InvalidMqttValueException if it is none. */
    public MqttTemplate withDefaultTopic(String topic) {
        return new MqttTemplate(publisher, messages, TopicName.of(topic).value(), defaultQos);
    }

    /** This template with the quality of service where none is said. */
    public MqttTemplate withDefaultQos(Qos qos) {
        return new MqttTemplate(publisher, messages, defaultTopic, qos);
    }

    /** Publishes {@code payload} to {@code topic}; returns when the broker has acknowledged. */
    public void publish(String topic, Object payload) {
        message(payload).topic(topic).publish();
    }

    /** Publishes {@code payload} to {@code topic}; the future completes when the broker has acknowledged. Never throws. */
    public CompletableFuture<Void> publishAsync(String topic, Object payload) {
        return message(payload).topic(topic).publishAsync();
    }

    /** Publishes to one client, which gets it without a subscription (service page "P2P messaging model"). */
    public void publishToClient(String parentTopic, ClientId clientId, Object payload) {
        message(payload).toClient(parentTopic, clientId).publish();
    }

    /**
     * Sends a request of MQTT 5 and blocks until the reply is there, up to {@code limit}.
     *
     * @return the payload of the reply as a {@code replyType}; the whole reply for the type {@code Message} of MQTT
     */
    public <T> T request(String topic, Object payload, Class<T> replyType, Duration limit) {
        return message(payload).topic(topic).request(replyType, limit);
    }

    /** A message to be given more than a topic, and then published. */
    public MqttPublication message(Object payload) {
        return new MqttPublication(this, payload);
    }

    Message convert(@Nullable String topic, Object payload) {
        if (topic == null && isWithoutTopic(payload)) {
            return messages.toMqtt(defaultTopic, payload, defaultQos);
        }
        return messages.toMqtt(topic, payload, defaultQos);
    }

    private static boolean isWithoutTopic(Object payload) {
        return !(payload instanceof Message)
                && !(payload instanceof org.springframework.messaging.Message<?> message
                        && message.getHeaders().containsKey(MqttHeaders.TOPIC));
    }

    void publishMessage(Message message) {
        publisher.publish(message);
    }

    CompletableFuture<Void> async(Supplier<Message> message) {
        try {
            return publisher.publishAsync(message.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    <T> T requestMessage(Message request, Class<T> replyType, Duration limit) {
        if (!(publisher instanceof MessageRequester requester)) {
            throw new IllegalStateException("Request to [" + request.topic() + "] cannot be sent through [" + publisher
                    + "], which only publishes");
        }
        return messages.fromMqtt(requester.request(request, limit), replyType);
    }
}
