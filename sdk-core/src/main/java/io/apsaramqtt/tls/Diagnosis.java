package io.apsaramqtt.tls;

import io.apsaramqtt.tls.HandshakeFailure.Reason;
import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a TLS socket threw. The JDK has types for the faults of certificates; for all else it has only messages.
 *
 * @param host of the endpoint
 * @param serverAnswered whether the server had sent more than an alert, null if unknown
 * @param identity where the client certificate comes from, empty if there is none, null if unknown
 */
record Diagnosis(
        String host,
        @Nullable Boolean serverAnswered,
        @Nullable String identity) {

    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final Pattern NO_TLS =
            Pattern.compile("Unsupported or unrecognized SSL message|plaintext connection|not an SSL/TLS record");
    private static final Pattern NO_VERSION = Pattern.compile(
            "No appropriate protocol|not accepted by client preferences|Unsupported (record |protocol )?version");

    HandshakeFailure of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        if (causes.stream().anyMatch(CertificateException.class::isInstance)) {
            return new ServerCertificateDiagnosis(host).of(causes);
        }
        return find(causes, ALERT)
                .map(alert -> new AlertDiagnosis(host, serverAnswered, identity).of(alert.group(1)))
                .orElseGet(() -> without(causes));
    }

    private HandshakeFailure without(List<Throwable> causes) {
        if (find(causes, NO_TLS).isPresent()) {
            return new HandshakeFailure(
                    Reason.PLAIN_TEXT,
                    "the port answers, but not in TLS. If it speaks plain MQTT, as 1883 does, write tcp://, or ws:// for a"
                            + " WebSocket");
        }
        Throwable root = causes.get(causes.size() - 1);
        if (find(causes, NO_VERSION).isPresent()) {
            return protocolMismatch(String.valueOf(root.getMessage()));
        }
        if (causes.stream().anyMatch(each -> each instanceof EOFException || each instanceof SocketException)) {
            return new HandshakeFailure(
                    Reason.CLOSED,
                    "the server ended the connection without a reason (" + root.getMessage()
                            + "). If the port speaks plain MQTT, as 1883 does, write tcp://, or ws:// for a WebSocket. A server"
                            + " may do the same if it demands a client certificate or does not accept the one it got");
        }
        return new HandshakeFailure(
                Reason.OTHER,
                root.getMessage()
                        + ". If the port speaks plain MQTT, as 1883 does, write tcp://, or ws:// for a WebSocket");
    }

    static HandshakeFailure protocolMismatch(String words) {
        return new HandshakeFailure(
                Reason.PROTOCOL_MISMATCH,
                "client and server have no TLS version or no cipher suite in common (" + words + "). Allowed here are"
                        + " TLSv1.3 and TLSv1.2, unless TlsSettings.withProtocols says otherwise; the server must allow one of"
                        + " them");
    }

    private static Optional<Matcher> find(List<Throwable> causes, Pattern pattern) {
        return causes.stream()
                .map(each -> pattern.matcher(String.valueOf(each.getMessage())))
                .filter(Matcher::find)
                .findFirst();
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable each = failure; each != null && !causes.contains(each); each = each.getCause()) {
            causes.add(each);
        }
        return causes;
    }
}
