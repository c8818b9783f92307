package io.apsaramqtt.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An application message: a topic name, a payload, and how it is delivered. The payload is copied on the way in and out;
 * {@link #payloadBuffer()} reads it without a copy. Two messages are equal if all of their parts are.
 *
 * <p>Immutable.
 */
public final class Message {

    private final TopicName topic;
    private final byte[] payload;
    private final Qos qos;
    private final boolean retained;
    private final boolean duplicate;
    private final MessageProperties properties;

    private Message(
            TopicName topic,
            byte[] payload,
            Qos qos,
            boolean retained,
            boolean duplicate,
            MessageProperties properties) {
        this.topic = topic;
        this.payload = payload;
        this.qos = qos;
        this.retained = retained;
        this.duplicate = duplicate;
        this.properties = properties;
    }

    /** A message of QoS 1 with these bytes. */
    public static Message of(TopicName topic, byte[] payload) {
        return new Message(topic, payload.clone(), Qos.AT_LEAST_ONCE, false, false, MessageProperties.none());
    }

    /** A message of QoS 1 with this text in UTF-8. */
    public static Message of(TopicName topic, String text) {
        return new Message(
                topic,
                text.getBytes(StandardCharsets.UTF_8),
                Qos.AT_LEAST_ONCE,
                false,
                false,
                MessageProperties.none());
    }

    /** A message of QoS 1 with this text in UTF-8; throws {@link InvalidMqttValueException} on a bad topic name. */
    public static Message of(String topic, String text) {
        return of(TopicName.of(topic), text);
    }

    /** A message of QoS 1 with these bytes; throws {@link InvalidMqttValueException} on a bad topic name. */
    public static Message of(String topic, byte[] payload) {
        return of(TopicName.of(topic), payload);
    }

    /** This message with another quality of service. */
    public Message withQos(Qos other) {
        return new Message(topic, payload, other, retained, duplicate, properties);
    }

    /** This message with the retain flag set or not; profile {@link Profile#APSARAMQ} refuses to publish it. */
    public Message withRetained(boolean other) {
        return new Message(topic, payload, qos, other, duplicate, properties);
    }

    /** This message with the duplicate flag set or not; only a received message carries it. */
    public Message withDuplicate(boolean other) {
        return new Message(topic, payload, qos, retained, other, properties);
    }

    /** This message with what MQTT 5 says beside the payload; a client that speaks 3.1.1 refuses to publish it. */
    public Message withProperties(MessageProperties other) {
        return new Message(topic, payload, qos, retained, duplicate, other);
    }

    /** Where it was, or is to be, published. */
    public TopicName topic() {
        return topic;
    }

    /** The payload as text: decoded as UTF-8, malformed bytes replaced by U+FFFD. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** A copy of the payload. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The payload as a read-only buffer of its own position; no copy. */
    public ByteBuffer payloadBuffer() {
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    /** Length of the payload in bytes. */
    public int payloadLength() {
        return payload.length;
    }

    /** Quality of service. */
    public Qos qos() {
        return qos;
    }

    /** Whether the broker keeps, or kept, the message for later subscribers. */
    public boolean retained() {
        return retained;
    }

    /** Whether the broker says that it may have delivered this message before. */
    public boolean duplicate() {
        return duplicate;
    }

    /** What MQTT 5 says beside the payload; none on MQTT 3.1.1. */
    public MessageProperties properties() {
        return properties;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that
                && topic.equals(that.topic)
                && qos == that.qos
                && retained == that.retained
                && duplicate == that.duplicate
                && properties.equals(that.properties)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + Arrays.hashCode(payload);
    }

    /** Topic, length and QoS; never the payload, which may be confidential. */
    @Override
    public String toString() {
        return "Message[" + topic + ", " + payload.length + " bytes, QoS " + qos.code() + (retained ? ", retained" : "")
                + (duplicate ? ", duplicate" : "") + "]";
    }
}
