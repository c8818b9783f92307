package io.apsaramqtt.client.connection;

import io.apsaramqtt.ApsaraMqttException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A connection could not be made.
 *
 * <p>Immutable.
 */
public final class ConnectFailedException extends ApsaraMqttException {

    /** Why a connection could not be made. */
    public enum Reason {
        /** The host has no address. */
        UNKNOWN_HOST,
        /** Nothing listens on the port, or the network does not lead there. */
        UNREACHABLE,
        /** No answer in time. */
        TIMEOUT,
        /** The TLS handshake failed. */
        TLS,
        /** The broker closed the connection instead of answering the CONNECT. */
        CLOSED_BY_BROKER,
        /** The broker refused user name, password or client ID: {@link #reasonCode()} tells which. */
        REFUSED,
        /** The broker does not speak this version of MQTT, or no MQTT at all. */
        PROTOCOL,
        /** The connection could not be signed: the cause tells why. */
        NOT_SIGNED,
        /** Anything else: the cause tells. */
        OTHER
    }

    private final Endpoint endpoint;
    private final Reason reason;
    private final @Nullable Integer reasonCode;

    /**
     * A failed connection.
     *
     * @param reasonCode of the CONNACK, null if there was none
     * @param problem what is wrong and what to do, after the endpoint
     */
    public ConnectFailedException(
            Endpoint endpoint, Reason reason, @Nullable Integer reasonCode, String problem, @Nullable Throwable cause) {
        super("Connection to [" + endpoint + "] " + problem, cause);
        this.endpoint = endpoint;
        this.reason = reason;
        this.reasonCode = reasonCode;
    }

    /** Where to. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The return code (3.1.1) or reason code (5) of the CONNACK, if the broker sent one. */
    public OptionalInt reasonCode() {
        return reasonCode == null ? OptionalInt.empty() : OptionalInt.of(reasonCode);
    }
}
