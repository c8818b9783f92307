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

    static ApsaraMqttException operation(@Nullable Endpoint endpoint, Throwable cause) {
        int code = code(cause);
        // A refusal is told to every call that was pending when Paho dropped the connection over one of them.
        return switch (isRefusal(code) ? MqttClientException.REASON_CODE_CONNECTION_LOST : code) {
            case MqttClientException.REASON_CODE_CONNECTION_LOST,
                    MqttClientException.REASON_CODE_SERVER_DISCONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_DISCONNECTING,
                    MqttClientException.REASON_CODE_CLIENT_ALREADY_DISCONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_CLOSED ->
                new ConnectionLostException(
                        "Connection" + (endpoint == null ? "" : " to [" + endpoint + "]")
                                + " was lost before the broker acknowledged",
                        null,
                        cause);
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
