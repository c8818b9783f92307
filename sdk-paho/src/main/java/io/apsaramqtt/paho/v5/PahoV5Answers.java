package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.transport.Ack;
import java.util.Arrays;
import java.util.List;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** What the broker answered, read from a token; Paho reports refusals as success. */
final class PahoV5Answers {

    /** What a broker that sends no Receive Maximum means (MQTT 5 section 3.2.2.3.3). */
    private static final int DEFAULT_RECEIVE_MAXIMUM = 65_535;

    private PahoV5Answers() {}

    /** The answer to a PUBLISH or PUBREL. Of a PUBREC and its PUBCOMP, the first says whether the message was taken. */
    static Ack publish(IMqttToken token, Corrections corrections) {
        int[] codes = reasonCodes(token, corrections);
        return codes.length == 0 ? Ack.SUCCESS : new Ack(codes[0], reasonString(token));
    }

    /** The answers to each of so many topic filters. */
    static List<Ack> filters(IMqttToken token, Corrections corrections, int asked) {
        String reason = reasonString(token);
        return Ack.inOrder(
                Arrays.stream(reasonCodes(token, corrections))
                        .mapToObj(code -> new Ack(code, reason))
                        .toList(),
                asked);
    }

    static int receiveMaximum(IMqttToken token) {
        MqttProperties properties = properties(token);
        Integer maximum = properties == null ? null : properties.getReceiveMaximum();
        // Paho reads it with a sign.
        return maximum == null ? DEFAULT_RECEIVE_MAXIMUM : maximum & 0xFFFF;
    }

    static @Nullable String reasonString(IMqttToken token) {
        MqttProperties properties = properties(token);
        return properties == null ? null : properties.getReasonString();
    }

    /** A token of QoS 0, or of a connect that no packet answered, has no response to ask. */
    private static @Nullable MqttProperties properties(IMqttToken token) {
        return token.getResponse() == null ? null : token.getResponse().getProperties();
    }

    private static int[] reasonCodes(IMqttToken token, Corrections corrections) {
        int[] codes = token.getResponse() == null ? null : token.getReasonCodes();
        return codes == null ? new int[0] : corrections.original(token.getMessageId(), codes);
    }
}
