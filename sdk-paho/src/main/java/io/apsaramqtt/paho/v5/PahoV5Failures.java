package io.apsaramqtt.paho.v5;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.client.transport.SilentBrokerException;
import java.time.Duration;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/** Paho's v5 exceptions in the SDK's words. */
final class PahoV5Failures {

    private static final int FIRST_REFUSAL = 0x80;
    private static final int LAST_REFUSAL = 0xFF;

    private PahoV5Failures() {}

    static ConnectFailedException connect(
            Endpoint endpoint,
            Duration timeout,
            Throwable cause,
            Corrections corrections,
            @Nullable String reasonString) {
        int code = corrections.originalConnack(code(cause));
        if (isRefusal(code)) {
            return ConnectFailures.refused(endpoint, code, reasonString);
        }
        if (code == MqttException.REASON_CODE_INVALID_RETURN_CODE) {
            // A broker of 3.1.1 answers with a return code that MQTT 5 does not have: 0x84 says the same.
            return ConnectFailures.refused(endpoint, 0x84, null);
        }
        if (code == MqttClientException.REASON_CODE_CLIENT_TIMEOUT) {
            return ConnectFailures.timedOut(endpoint, timeout);
        }
        return code == MqttClientException.REASON_CODE_CONNECTION_LOST
                ? ConnectFailures.closed(endpoint, cause)
                : ConnectFailures.failed(endpoint, cause);
    }

    static ConnectionLostException lost(Endpoint endpoint, MqttDisconnectResponse response) {
        int code = response.getReturnCode();
        String reason = response.getReasonString();
        Throwable exception = isSilence(response.getException())
                ? new SilentBrokerException(response.getException())
                : response.getException();
        return new ConnectionLostException(
                "Connection to [" + endpoint + "] was lost: "
                        + (isRefusal(code)
                                ? "the broker disconnected with reason code 0x" + Integer.toHexString(code)
                                : ConnectFailures.howLost(exception))
                        + (reason == null || reason.isEmpty() ? "" : " (\"" + reason + "\")"),
                isRefusal(code) ? code : null,
                exception);
    }

    /** Paho gave up waiting for a PINGRESP, or for the network to take a packet. */
    private static boolean isSilence(@Nullable Throwable cause) {
        return cause instanceof MqttException paho
                && (paho.getReasonCode() == MqttClientException.REASON_CODE_CLIENT_TIMEOUT
                        || paho.getReasonCode() == MqttClientException.REASON_CODE_WRITE_TIMEOUT);
    }

    /**
     * A packet that was sent is not answered any more. Paho tells so in one case, that the connection has ended, and gives the
     * reason of that: silence of the broker, a packet that cannot be read, or the refusal of another packet is no more a word
     * on this one than a cut is.
     */
    static ConnectionLostException unanswered(Throwable cause) {
        return unacknowledged("Connection", cause);
    }

    private static ConnectionLostException unacknowledged(String connection, Throwable cause) {
        return new ConnectionLostException(connection + " was lost before the broker acknowledged", null, cause);
    }

    /** A packet was not sent. */
    static ApsaraMqttException operation(Endpoint endpoint, Throwable cause) {
        return switch (code(cause)) {
            case MqttClientException.REASON_CODE_CONNECTION_LOST,
                    MqttClientException.REASON_CODE_SERVER_DISCONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_DISCONNECTING,
                    MqttClientException.REASON_CODE_CLIENT_ALREADY_DISCONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_CLOSED ->
                unacknowledged("Connection to [" + endpoint + "]", cause);
            default ->
                cause instanceof IllegalArgumentException
                        ? new ApsaraMqttException(
                                "The packet was not sent: " + cause.getMessage()
                                        + ". Brokers drop the connection over control characters and noncharacters in a"
                                        + " text (MQTT 5 section 1.5.4). Remove them",
                                cause)
                        : new ApsaraMqttException("Paho failed: " + cause, cause);
        };
    }

    private static int code(Throwable cause) {
        return cause instanceof MqttException paho ? paho.getReasonCode() : 0;
    }

    private static boolean isRefusal(int code) {
        return code >= FIRST_REFUSAL && code <= LAST_REFUSAL;
    }
}
