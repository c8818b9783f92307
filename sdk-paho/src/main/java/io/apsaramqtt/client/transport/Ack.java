package io.apsaramqtt.client.transport;

import io.apsaramqtt.ApsaraMqttException;
import java.util.List;
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

    /** The answers, one for each of {@code asked}; throws {@link ApsaraMqttException} if the broker sent fewer or more. */
    public static List<Ack> inOrder(List<Ack> answers, int asked) {
        if (answers.size() != asked) {
            throw new ApsaraMqttException(
                    "The broker answered " + answers.size() + " of " + asked + " topic filters in one packet");
        }
        return answers;
    }

    /** Whether the code is 0x80 or above: Paho reports those as success. */
    public boolean isRefused() {
        return code >= FIRST_REFUSAL;
    }
}
