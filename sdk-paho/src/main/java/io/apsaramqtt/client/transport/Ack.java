package io.apsaramqtt.client.transport;

import org.jspecify.annotations.Nullable;

/**
 * The broker's answer to a publish or to one subscription. Immutable.
 *
 * @param code granted QoS or reason code
 * @param reason the reason string of MQTT 5, null if there is none
 */
public record Ack(int code, @Nullable String reason) {

    /** Accepted. */
    public static final Ack SUCCESS = new Ack(0, null);

    private static final int FIRST_REFUSAL = 0x80;

    /** Whether the code is 0x80 or above: Paho reports those as success. */
    public boolean isRefused() {
        return code >= FIRST_REFUSAL;
    }
}
