package io.apsaramqtt.mqtt;

/**
 * Quality of service of a message or subscription (MQTT 3.1.1 section 4.3). Immutable.
 */
public enum Qos {
    /** QoS 0: delivered or lost; not acknowledged. */
    AT_MOST_ONCE(0),
    /** QoS 1: acknowledged; may arrive more than once. The default. */
    AT_LEAST_ONCE(1),
    /** QoS 2: acknowledged in two steps; arrives once while the session lives. */
    EXACTLY_ONCE(2);

    private final int code;

    Qos(int code) {
        this.code = code;
    }

    /** The number on the wire: 0, 1 or 2. */
    public int code() {
        return code;
    }

    /** The quality of service with the number {@code code}; throws {@link IllegalArgumentException} unless 0, 1 or 2. */
    public static Qos of(int code) {
        return switch (code) {
            case 0 -> AT_MOST_ONCE;
            case 1 -> AT_LEAST_ONCE;
            case 2 -> EXACTLY_ONCE;
            default -> throw new IllegalArgumentException("QoS [" + code + "] does not exist; allowed are 0, 1 and 2");
        };
    }
}
