package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.tls.TlsConfigurationException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words why a connection failed: from the code of a CONNACK, or from what the network threw. */
public final class ConnectFailures {

    private ConnectFailures() {}

    /** The broker answered with a return code (3.1.1: 1 to 5) or reason code (5: 0x80 and above). */
    public static ConnectFailedException refused(Endpoint endpoint, int code, @Nullable String reason) {
        String said = "was refused with code 0x" + Integer.toHexString(code)
                + (reason == null || reason.isEmpty() ? "" : " (\"" + reason + "\")") + ": ";
        return switch (code) {
            case 1, 0x84 ->
                new ConnectFailedException(
                        endpoint,
                        Reason.PROTOCOL,
                        code,
                        said + "the broker does not speak this version of MQTT. Choose the other MqttVersion",
                        null);
            case 2, 0x85 ->
                new ConnectFailedException(
                        endpoint,
                        Reason.REFUSED,
                        code,
                        said + "client ID not accepted. It must be <GroupID>@@@<DeviceID>, the group created on this"
                                + " instance",
                        null);
            case 4, 5, 0x86, 0x87 ->
                new ConnectFailedException(
                        endpoint,
                        Reason.REFUSED,
                        code,
                        said
                                + "user name or password wrong, or not authorized. Check that AccessKey ID and secret belong"
                                + " together and are enabled, that the instance ID is the one of this endpoint, and that the"
                                + " client ID is the one that was signed. With tokens, check that they are of this instance and"
                                + " client ID, and neither expired nor revoked",
                        null);
            case 3, 0x88, 0x89 ->
                new ConnectFailedException(
                        endpoint,
                        Reason.UNREACHABLE,
                        code,
                        said + "the broker is not available now. Try again later",
                        null);
            default ->
                new ConnectFailedException(endpoint, Reason.REFUSED, code, said + "see MQTT 5 section 3.2.2.2", null);
        };
    }

    /** The network threw {@code cause}, perhaps wrapped in an exception of the engine. */
    public static ConnectFailedException failed(Endpoint endpoint, Throwable cause) {
        if (find(cause, UnknownHostException.class)) {
            return new ConnectFailedException(
                    endpoint,
                    Reason.UNKNOWN_HOST,
                    null,
                    "failed: the host has no address. Check its spelling and the name server; a VPC endpoint resolves only"
                            + " within its VPC",
                    cause);
        }
        if (find(cause, SSLException.class)
                || find(cause, TlsConfigurationException.class)
                || (endpoint.scheme().isTls() && wasReset(cause))) {
            return new ConnectFailedException(endpoint, Reason.TLS, null, TlsFailures.explain(endpoint, cause), cause);
        }
        if (find(cause, SocketTimeoutException.class)) {
            return new ConnectFailedException(
                    endpoint, Reason.TIMEOUT, null, "failed: no answer in time. Check firewall and port", cause);
        }
        if (find(cause, EOFException.class)) {
            return closed(endpoint, cause);
        }
        if (find(cause, IOException.class)) {
            return new ConnectFailedException(
                    endpoint,
                    Reason.UNREACHABLE,
                    null,
                    "failed: " + rootMessage(cause) + ". Check host and port, and that the broker runs",
                    cause);
        }
        return new ConnectFailedException(endpoint, Reason.OTHER, null, "failed: " + rootMessage(cause), cause);
    }

    /** The broker hung up instead of answering. */
    public static ConnectFailedException closed(Endpoint endpoint, Throwable cause) {
        return new ConnectFailedException(
                endpoint,
                Reason.CLOSED_BY_BROKER,
                null,
                "was closed by the broker without an answer. The service does so if the group of the client ID is not"
                        + " created on the instance, if the client ID is malformed, or if the port expects TLS",
                cause);
    }

    /** No CONNACK came within {@code timeout}. */
    public static ConnectFailedException timedOut(Endpoint endpoint, Duration timeout) {
        return new ConnectFailedException(
                endpoint,
                Reason.TIMEOUT,
                null,
                "failed: no CONNACK within " + timeout.toMillis()
                        + " ms. Check that the port speaks MQTT, and with TLS or without as the endpoint says",
                null);
    }

    /** This side closed it before the broker had answered. */
    static ConnectFailedException ended(Endpoint endpoint) {
        return new ConnectFailedException(
                endpoint, Reason.OTHER, null, "was closed by this side before the broker answered", null);
    }

    /** How an open connection was lost, told by what the engine threw, in words. */
    public static String howLost(@Nullable Throwable cause) {
        if (cause == null || find(cause, EOFException.class)) {
            return "the broker closed it without a word";
        }
        return cause instanceof SilentBrokerException ? SilentBrokerException.WORDS : rootMessage(cause);
    }

    /** Closed in the handshake, but neither refused nor out of reach. */
    private static boolean wasReset(Throwable cause) {
        return find(cause, EOFException.class)
                || (find(cause, SocketException.class)
                        && !find(cause, ConnectException.class)
                        && !find(cause, NoRouteToHostException.class));
    }

    private static boolean find(@Nullable Throwable cause, Class<? extends Throwable> type) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
