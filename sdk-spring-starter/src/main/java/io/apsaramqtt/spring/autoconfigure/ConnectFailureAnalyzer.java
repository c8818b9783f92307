package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** No connection: why, probably, and which property it is about. Immutable. */
final class ConnectFailureAnalyzer extends AbstractFailureAnalyzer<ConnectFailedException> {

    private static final String IDENTITY = "Check apsara.mqtt.group-id and apsara.mqtt.device-id: the client ID is"
            + " <GroupID>@@@<DeviceID>, and the group must be created on the instance of apsara.mqtt.instance-id.";

    private static final String SIGNATURE =
            "Check that AccessKey ID and secret (apsara.mqtt.credentials.*, or where the"
                    + " default chain finds them) belong together and are enabled, and that apsara.mqtt.instance-id is the instance of"
                    + " apsara.mqtt.endpoint.";

    private static final String WITHOUT =
            " To start without a connection and go on trying, set" + " apsara.mqtt.connect-on-start to 'optional'.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConnectFailedException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "With several clients, the properties may stand below apsara.mqtt.clients.<name>. " + action(cause),
                cause);
    }

    private static String action(ConnectFailedException failure) {
        String endpoint = "apsara.mqtt.endpoint [" + failure.endpoint() + "]";
        return switch (failure.reason()) {
            case UNKNOWN_HOST ->
                "Check the host of " + endpoint
                        + ": the console shows it on the page of the instance. A VPC endpoint has an"
                        + " address only within its VPC." + WITHOUT;
            case UNREACHABLE ->
                "Check host and port of " + endpoint
                        + ", firewalls on the way, apsara.mqtt.proxy.* if there is a proxy, and"
                        + " that the broker runs." + WITHOUT;
            case TIMEOUT ->
                "Check host, port and scheme of " + endpoint
                        + " and firewalls on the way; a slow network needs a longer" + " apsara.mqtt.connect-timeout."
                        + WITHOUT;
            case TLS ->
                "Check that the port of " + endpoint
                        + " speaks TLS; if its certificate is not one that the Java runtime"
                        + " trusts, name an SSL bundle in apsara.mqtt.ssl.bundle that trusts it. A broker without TLS needs"
                        + " tcp:// before its host.";
            case CLOSED_BY_BROKER ->
                IDENTITY + " Check also the port and the scheme of " + endpoint
                        + ": a port that expects TLS does the same.";
            case REFUSED -> isOfClientId(failure) ? IDENTITY : SIGNATURE;
            case PROTOCOL ->
                "Set apsara.mqtt.mqtt-version to the other version, 3.1.1 or 5, and check " + endpoint + ".";
            case NOT_SIGNED -> SIGNATURE;
            case OTHER -> "Check " + endpoint + ", and the cause in the log at level debug." + WITHOUT;
        };
    }

    /** Return code 2 of MQTT 3.1.1, reason code 0x85 of MQTT 5. */
    private static boolean isOfClientId(ConnectFailedException failure) {
        int code = failure.reasonCode().orElse(0);
        return failure.reason() == Reason.REFUSED && (code == 2 || code == 0x85);
    }
}
