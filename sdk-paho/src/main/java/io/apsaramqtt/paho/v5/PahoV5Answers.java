package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.transport.Ack;
import java.util.Arrays;
import java.util.List;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubRec;
import org.jspecify.annotations.Nullable;

/** What the broker answered, read from a token; Paho reports refusals as success. */
final class PahoV5Answers {

    /** What a broker that sends no Receive Maximum means (MQTT 5 section 3.2.2.3.3). */
    private static final int DEFAULT_RECEIVE_MAXIMUM = 65_535;

    private PahoV5Answers() {}

    static Ack publish(IMqttToken token) {
        int[] codes = reasonCodes(token);
        return codes.length == 0 ? Ack.SUCCESS : new Ack(codes[0], reasonString(token));
    }

    /** Whether a PUBREC refused it: the one refusal that Paho takes for a failure, and drops the connection over. */
    static boolean isRefusedPublish(IMqttToken token) {
        return token.getResponse() instanceof MqttPubRec && publish(token).isRefused();
    }

    static List<Ack> subscribe(IMqttToken token) {
        String reason = reasonString(token);
        return Arrays.stream(reasonCodes(token))
                .mapToObj(code -> new Ack(code, reason))
                .toList();
    }

    static int receiveMaximum(IMqttToken token) {
        MqttProperties properties = properties(token);
        Integer maximum = properties == null ? null : properties.getReceiveMaximum();
        return maximum == null ? DEFAULT_RECEIVE_MAXIMUM : maximum;
    }

    static @Nullable String reasonString(IMqttToken token) {
        MqttProperties properties = properties(token);
        return properties == null ? null : properties.getReasonString();
    }

    /** A token of QoS 0, or of a connect that no packet answered, has no response to ask. */
    private static @Nullable MqttProperties properties(IMqttToken token) {
        return token.getResponse() == null ? null : token.getResponse().getProperties();
    }

    private static int[] reasonCodes(IMqttToken token) {
        int[] codes = token.getResponse() == null ? null : token.getReasonCodes();
        return codes == null ? new int[0] : codes;
    }
}
