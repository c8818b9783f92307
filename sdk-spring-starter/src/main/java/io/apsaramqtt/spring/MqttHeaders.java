package io.apsaramqtt.spring;

/**
 * The names of the headers of a Spring message that was received by MQTT, or is to be published by it. A user property of
 * MQTT 5 is a header by its own name, its first value; a received content type is {@code contentType} too, where it is a MIME
 * type.
 *
 * <p>Immutable.
 */
public final class MqttHeaders {

    private static final String PREFIX = "mqtt_";

    /** The topic name, a {@code String}. To publish: where to. */
    public static final String TOPIC = PREFIX + "topic";

    /** The quality of service, a {@code Qos}. To publish: which, or the number of it. */
    public static final String QOS = PREFIX + "qos";

    /** Whether the broker keeps the message for later subscribers, a {@code Boolean}; the service refuses it. */
    public static final String RETAINED = PREFIX + "retained";

    /** Whether the broker may have delivered the message before, a {@code Boolean}; only received. */
    public static final String DUPLICATE = PREFIX + "duplicate";

    /** What MQTT 5 says beside the payload, a {@code MessageProperties}. */
    public static final String PROPERTIES = PREFIX + "properties";

    /** Where the receiver is to answer, a {@code String} (MQTT 5); only received. */
    public static final String RESPONSE_TOPIC = PREFIX + "responseTopic";

    /** What the receiver is to send back with its answer, a {@code byte[]} (MQTT 5); only received. */
    public static final String CORRELATION_DATA = PREFIX + "correlationData";

    /** The type of the payload as it was sent, a {@code String} (MQTT 5); only received. */
    public static final String CONTENT_TYPE = PREFIX + "contentType";

    /** The values of the level variables of the listener's topic, a {@code Map<String, String>}; only received. */
    public static final String VARIABLES = PREFIX + "variables";

    /** What acknowledges the message, an {@code Acknowledgment}; only received, and only with manual acknowledgement. */
    public static final String ACKNOWLEDGMENT = PREFIX + "acknowledgment";

    /** The message itself, a {@code io.apsaramqtt.mqtt.Message}; only received. */
    public static final String MESSAGE = PREFIX + "message";

    private MqttHeaders() {}
}
