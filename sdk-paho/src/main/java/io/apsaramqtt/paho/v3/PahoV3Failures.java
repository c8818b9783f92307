package io.apsaramqtt.paho.v3;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.client.transport.SilentBrokerException;
import java.time.Duration;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

/** Paho's v3 exceptions in the SDK's words. */
final class PahoV3Failures {

    private static final int LAST_RETURN_CODE = 5;

    private PahoV3Failures() {}

    static ConnectFailedException connect(Endpoint endpoint, Duration timeout, Throwable cause) {
        int code = cause instanceof MqttException paho ? paho.getReasonCode() : 0;
        if (code >= 1 && code <= LAST_RETURN_CODE) {
            return ConnectFailures.refused(endpoint, code, null);
        }
        if (code == MqttException.REASON_CODE_CLIENT_TIMEOUT) {
            return ConnectFailures.timedOut(endpoint, timeout);
        }
        return code == MqttException.REASON_CODE_CONNECTION_LOST
                ? ConnectFailures.closed(endpoint, cause)
                : ConnectFailures.failed(endpoint, cause);
    }

    static ConnectionLostException lost(Endpoint endpoint, @Nullable Throwable cause) {
        Throwable told = isSilence(cause) ? new SilentBrokerException(cause) : cause;
        return new ConnectionLostException(
                "Connection to [" + endpoint + "] was lost: " + ConnectFailures.howLost(told), null, told);
    }

    /** Paho gave up waiting for a PINGRESP, or for the network to take a packet. */
    private static boolean isSilence(@Nullable Throwable cause) {
        return cause instanceof MqttException paho
                && (paho.getReasonCode() == MqttException.REASON_CODE_CLIENT_TIMEOUT
                        || paho.getReasonCode() == MqttException.REASON_CODE_WRITE_TIMEOUT);
    }

    static ApsaraMqttException operation(@Nullable Endpoint endpoint, Throwable cause) {
        int code = cause instanceof MqttException paho ? paho.getReasonCode() : 0;
        return switch (code) {
            case MqttException.REASON_CODE_CONNECTION_LOST,
                    MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttException.REASON_CODE_CLIENT_DISCONNECTING,
                    MqttException.REASON_CODE_CLIENT_ALREADY_DISCONNECTED,
                    MqttException.REASON_CODE_CLIENT_CLOSED ->
                new ConnectionLostException(
                        "Connection" + (endpoint == null ? "" : " to [" + endpoint + "]")
                                + " was lost before the broker acknowledged",
                        null,
                        cause);
            default -> new ApsaraMqttException("Paho failed: " + cause, cause);
        };
    }
}
