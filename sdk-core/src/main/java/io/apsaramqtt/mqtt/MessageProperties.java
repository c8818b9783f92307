package io.apsaramqtt.mqtt;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What MQTT 5 says of a message beside its payload (MQTT 5 section 3.3.2.3). MQTT 3.1.1 cannot carry any of it.
 *
 * <p>Immutable.
 */
public final class MessageProperties {

    private static final MessageProperties NONE = new MessageProperties(List.of(), null, null, null, null, false);
    private static final Duration MAX_EXPIRY = Duration.ofSeconds(0xFFFF_FFFFL);
    private static final long ALMOST_A_SECOND = 999_999_999;
    private static final int MAX_CORRELATION_BYTES = 65_535;

    private final List<UserProperty> userProperties;
    private final @Nullable String contentType;
    private final @Nullable Duration expiry;
    private final @Nullable TopicName responseTopic;
    private final byte @Nullable [] correlationData;
    private final boolean text;

    private MessageProperties(
            List<UserProperty> userProperties,
            @Nullable String contentType,
            @Nullable Duration expiry,
            @Nullable TopicName responseTopic,
            byte @Nullable [] correlationData,
            boolean text) {
        this.userProperties = userProperties;
        this.contentType = contentType;
        this.expiry = expiry;
        this.responseTopic = responseTopic;
        this.correlationData = correlationData;
        this.text = text;
    }

    /** No properties. */
    public static MessageProperties none() {
        return NONE;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** These properties with one more user property; throws {@link InvalidMqttValueException} if MQTT cannot carry it. */
    public MessageProperties withUserProperty(String name, String value) {
        List<UserProperty> more = Stream.concat(userProperties.stream(), Stream.of(new UserProperty(name, value)))
                .toList();
        return new MessageProperties(more, contentType, expiry, responseTopic, correlationData, text);
    }

    /**
     * These properties with the type of the payload, a MIME type by custom; throws {@link InvalidMqttValueException} if MQTT
     * cannot carry it.
     */
    public MessageProperties withContentType(String type) {
        MqttText.requireText("Content type", type);
        return new MessageProperties(userProperties, type, expiry, responseTopic, correlationData, text);
    }

    /**
     * These properties with the time after which the broker no longer delivers the message, in whole seconds; a fraction
     * is rounded up.
     *
     * @throws InvalidMqttValueException if it is negative or above 4,294,967,295 s
     */
    public MessageProperties withExpiry(Duration time) {
        if (time.isNegative() || time.compareTo(MAX_EXPIRY) > 0) {
            throw new InvalidMqttValueException(
                    "Message expiry", time.toString(), -1, "is out of range; allowed are 0 to 4,294,967,295 seconds");
        }
        Duration whole = Duration.ofSeconds(time.plusNanos(ALMOST_A_SECOND).toSeconds());
        return new MessageProperties(userProperties, contentType, whole, responseTopic, correlationData, text);
    }

    /** These properties with the topic to which the receiver is to answer. */
    public MessageProperties withResponseTopic(TopicName topic) {
        return new MessageProperties(userProperties, contentType, expiry, topic, correlationData, text);
    }

    /**
     * These properties with what the receiver is to send back with its answer; copied.
     *
     * @throws InvalidMqttValueException if it has more than 65,535 bytes
     */
    public MessageProperties withCorrelationData(byte[] bytes) {
        if (bytes.length > MAX_CORRELATION_BYTES) {
            throw new InvalidMqttValueException(
                    "Correlation data", bytes.length + " bytes", -1, "is too long; MQTT allows 65,535 bytes");
        }
        return new MessageProperties(userProperties, contentType, expiry, responseTopic, bytes.clone(), text);
    }

    /** These properties with the payload declared to be text in UTF-8, or not. */
    public MessageProperties withText(boolean declared) {
        return new MessageProperties(userProperties, contentType, expiry, responseTopic, correlationData, declared);
    }

    /** The user properties, in order; unmodifiable. */
    public List<UserProperty> userProperties() {
        return userProperties;
    }

    /** The value of the first user property of this name. */
    public Optional<String> userProperty(String name) {
        return userProperties.stream()
                .filter(property -> property.name().equals(name))
                .map(UserProperty::value)
                .findFirst();
    }

    /** The type of the payload. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /** How long the message may wait at the broker; on a received message, what is left of it. */
    public Optional<Duration> expiry() {
        return Optional.ofNullable(expiry);
    }

    /** Where the receiver is to answer. */
    public Optional<TopicName> responseTopic() {
        return Optional.ofNullable(responseTopic);
    }

    /** What the receiver is to send back; a copy. */
    public Optional<byte[]> correlationData() {
        return Optional.ofNullable(correlationData).map(byte[]::clone);
    }

    /** Whether the sender declares the payload to be text in UTF-8. */
    public boolean isText() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MessageProperties that
                && text == that.text
                && userProperties.equals(that.userProperties)
                && Objects.equals(contentType, that.contentType)
                && Objects.equals(expiry, that.expiry)
                && Objects.equals(responseTopic, that.responseTopic)
                && Arrays.equals(correlationData, that.correlationData);
    }

    @Override
    public int hashCode() {
        return Objects.hash(userProperties, contentType, expiry, responseTopic, text)
                + 31 * Arrays.hashCode(correlationData);
    }

    /** The names of what is there; values may be confidential. */
    @Override
    public String toString() {
        return "MessageProperties[user "
                + userProperties.stream().map(UserProperty::name).toList()
                + (contentType == null ? "" : ", content type")
                + (expiry == null ? "" : ", expiry")
                + (responseTopic == null ? "" : ", response topic")
                + (correlationData == null ? "" : ", correlation data")
                + (text ? ", text" : "") + "]";
    }
}
