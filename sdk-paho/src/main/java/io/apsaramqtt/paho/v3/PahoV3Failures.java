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

    /**
     * A packet that was sent is not answered any more. Paho tells so in one case, that the connection has ended, and gives the
     * reason of that: silence of the broker, or a packet that cannot be read, is no more a word on this packet than a cut is.
     */
    static ConnectionLostException unanswered(Throwable cause) {
        return unacknowledged("Connection", cause);
    }

    private static ConnectionLostException unacknowledged(String connection, Throwable cause) {
        return new ConnectionLostException(connection + " was lost before the broker acknowledged", null, cause);
    }

    /** A packet was not sent. */
    static ApsaraMqttException operation(Endpoint endpoint, Throwable cause) {
        int code = cause instanceof MqttException paho ? paho.getReasonCode() : 0;
        return switch (code) {
            case MqttException.REASON_CODE_CONNECTION_LOST,
                    MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttException.REASON_CODE_CLIENT_DISCONNECTING,
                    MqttException.REASON_CODE_CLIENT_ALREADY_DISCONNECTED,
                    MqttException.REASON_CODE_CLIENT_CLOSED ->
                unacknowledged("Connection to [" + endpoint + "]", cause);
            default -> new ApsaraMqttException("Paho failed: " + cause, cause);
        };
    }
}
