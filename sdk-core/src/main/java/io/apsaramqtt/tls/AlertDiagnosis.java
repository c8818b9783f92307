package io.apsaramqtt.tls;

import io.apsaramqtt.tls.HandshakeFailure.Reason;
import org.jspecify.annotations.Nullable;

/** What the server's alert (RFC 8446 section 6.2) means to a client; for the parameters see {@link Diagnosis}. */
record AlertDiagnosis(
        String host,
        @Nullable Boolean serverAnswered,
        @Nullable String identity) {

    private static final String GIVE_ONE = "Give the one that was issued for this client to TlsSettings.withIdentity";

    HandshakeFailure of(String alert) {
        return switch (alert) {
            case "certificate_required" -> required(alert);
            case "handshake_failure", "insufficient_security" -> noReason(alert);
            case "unknown_ca" ->
                refused(alert, "does not know the CA that issued it. Register that CA with the server");
            case "certificate_expired" -> refused(alert, "takes it for expired. Renew it, or check the server's clock");
            case "certificate_revoked" -> refused(alert, "takes it for revoked. Have another one issued");
            case "decrypt_error" ->
                refused(
                        alert,
                        "could not verify what was signed with its private key. Check which two were issued together");
            case "bad_certificate", "unsupported_certificate", "certificate_unknown", "access_denied" ->
                refused(alert, "does not accept it. Check with the server what it demands of certificates");
            case "protocol_version" -> Diagnosis.protocolMismatch("alert " + alert);
            case "unrecognized_name" ->
                new HandshakeFailure(
                        Reason.WRONG_HOST,
                        "the server does not know the host name [" + host + "] (alert " + alert
                                + "). Connect by a name that the server serves");
            default ->
                new HandshakeFailure(
                        Reason.OTHER, "the server broke off with the alert " + alert + ". Its log may say more");
        };
    }

    /** Sent where nothing fits, and by TLS 1.2 servers that miss a client certificate. */
    private HandshakeFailure noReason(String alert) {
        if (serverAnswered == null) {
            return new HandshakeFailure(
                    Reason.OTHER,
                    "the server broke off (alert " + alert
                            + "): it has no cipher suite in common with this client, or it"
                            + " demands a client certificate. " + GIVE_ONE);
        }
        if (!serverAnswered) {
            return Diagnosis.protocolMismatch("alert " + alert);
        }
        return "".equals(identity)
                ? required(alert)
                : refused(
                        alert, "broke off when it was its turn. Check with the server what it demands of certificates");
    }

    private HandshakeFailure required(String alert) {
        return new HandshakeFailure(
                Reason.CLIENT_CERTIFICATE_REQUIRED,
                "the server demands a client certificate (alert " + alert + "), and none was presented"
                        + (identity == null || identity.isEmpty()
                                ? ". " + GIVE_ONE
                                : ": it does not take the kind of key of that of [" + identity
                                        + "]. Have one issued with another" + " kind of key"));
    }

    private HandshakeFailure refused(String alert, String why) {
        return "".equals(identity)
                ? required(alert)
                : new HandshakeFailure(
                        Reason.CLIENT_CERTIFICATE_REFUSED,
                        "the server refused the client certificate "
                                + (identity == null ? "" : "of [" + identity + "] ") + "(alert " + alert + "): it "
                                + why);
    }
}
