package io.apsaramqtt.spring;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/**
 * Makes MQTT messages of what an application publishes, and Spring's messages of what it receives. A {@code byte[]} is sent as
 * it is and a {@code String} in UTF-8, whatever the content type says; what else there may be is the converters' choice.
 *
 * <p>Immutable; thread-safe if the converters are.
 */
public final class MqttMessages {

    private final MessageConverter converter;

    /** A mapping for bytes and texts only. */
    public MqttMessages() {
        this(List.of());
    }

    /** A mapping for bytes and texts, and for all else by the first of {@code converters} that can. */
    public MqttMessages(List<MessageConverter> converters) {
        StringMessageConverter text = new StringMessageConverter();
        ByteArrayMessageConverter bytes = new ByteArrayMessageConverter();
        // Told by the class alone: a text in JSON is no text/plain, and yet to be sent as it is.
        text.setContentTypeResolver(null);
        bytes.setContentTypeResolver(null);
        List<MessageConverter> all = new ArrayList<>(List.of(bytes, text));
        all.addAll(converters);
        this.converter = new CompositeMessageConverter(all);
    }

    /** What converts payloads. */
    public MessageConverter converter() {
        return converter;
    }

    /**
     * The message that publishes {@code payload}: an MQTT message as it is; a Spring message with its {@link MqttHeaders}; anything
     * else with {@code qos} and no more.
     *
     * @param topic where to, null for the header {@link MqttHeaders#TOPIC} of a Spring message
     * @throws MessageConversionException if nothing converts the payload, or a header is not what it should be
     * @throws io.apsaramqtt.mqtt.InvalidMqttValueException if the topic is none
     */
    public Message toMqtt(@Nullable String topic, Object payload, Qos qos) {
        if (payload instanceof Message message) {
            return requireSame(topic, message);
        }
        if (payload instanceof org.springframework.messaging.Message<?> message) {
            return ofSpring(topic, message, qos);
        }
        return Message.of(requireTopic(topic), bytes(payload, new MessageHeaders(Map.of())))
                .withQos(qos);
    }

    private static Message requireSame(@Nullable String topic, Message message) {
        if (topic != null && !topic.equals(message.topic().value())) {
            throw new MessageConversionException("Message of topic [" + message.topic() + "] cannot be published to ["
                    + topic + "]; make it with that topic, or publish its payload");
        }
        return message;
    }

    private Message ofSpring(@Nullable String topic, org.springframework.messaging.Message<?> message, Qos qos) {
        OutgoingHeaders headers = new OutgoingHeaders(message.getHeaders());
        TopicName name = topic == null ? requireTopic(headers.topic()) : TopicName.of(topic);
        return Message.of(name, bytes(message.getPayload(), message.getHeaders()))
                .withQos(headers.qos().orElse(qos))
                .withRetained(headers.retained())
                .withProperties(headers.properties());
    }

    private static TopicName requireTopic(@Nullable String topic) {
        if (topic == null) {
            throw new MessageConversionException("Message has no topic: give one to the call or in the header ["
                    + MqttHeaders.TOPIC + "], or set apsara.mqtt.template.default-topic");
        }
        return TopicName.of(topic);
    }

    private byte[] bytes(Object payload, MessageHeaders headers) {
        org.springframework.messaging.Message<?> converted = converter.toMessage(payload, headers);
        if (converted == null) {
            throw new MessageConversionException(
                    "Payload of type [" + payload.getClass().getName()
                            + "] is converted by none of " + converter
                            + ". Use byte[] or String, put Jackson on the class path, or declare a MessageConverter bean");
        }
        return converted.getPayload() instanceof byte[] bytes
                ? bytes
                : String.valueOf(converted.getPayload()).getBytes(StandardCharsets.UTF_8);
    }

    /** The Spring message of a received one, with the headers of {@link MqttHeaders} and {@code more}. */
    public org.springframework.messaging.Message<byte[]> toSpring(Message message, Map<String, Object> more) {
        Map<String, Object> headers = new HashMap<>();
        MessageProperties properties = message.properties();
        properties.userProperties().forEach(property -> headers.putIfAbsent(property.name(), property.value()));
        headers.put(MqttHeaders.TOPIC, message.topic().value());
        headers.put(MqttHeaders.QOS, message.qos());
        headers.put(MqttHeaders.RETAINED, message.retained());
        headers.put(MqttHeaders.DUPLICATE, message.duplicate());
        headers.put(MqttHeaders.PROPERTIES, properties);
        headers.put(MqttHeaders.MESSAGE, message);
        properties.responseTopic().ifPresent(topic -> headers.put(MqttHeaders.RESPONSE_TOPIC, topic.value()));
        properties.correlationData().ifPresent(data -> headers.put(MqttHeaders.CORRELATION_DATA, data));
        properties.contentType().ifPresent(type -> {
            headers.put(MqttHeaders.CONTENT_TYPE, type);
            mimeType(type).ifPresent(known -> headers.put(MessageHeaders.CONTENT_TYPE, known));
        });
        headers.putAll(more);
        return MessageBuilder.createMessage(message.payload(), new MessageHeaders(headers));
    }

    private static Optional<String> mimeType(String type) {
        try {
            return Optional.of(MimeTypeUtils.parseMimeType(type).toString());
        } catch (InvalidMimeTypeException e) {
            return Optional.empty();
        }
    }

    /** The payload of a received message as a {@code type}; throws {@link MessageConversionException} if nothing makes it so. */
    public <T> T fromMqtt(Message message, Class<T> type) {
        if (type.isInstance(message)) {
            return type.cast(message);
        }
        Object payload = converter.fromMessage(toSpring(message, Map.of()), type);
        if (!type.isInstance(payload)) {
            throw new MessageConversionException("Message on topic [" + message.topic() + "] is converted to ["
                    + type.getName() + "] by none of " + converter);
        }
        return type.cast(payload);
    }
}
