package io.apsaramqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.tls.HandshakeFailure.Reason;
import io.apsaramqtt.tls.TestAuthority.Issued;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real handshakes in memory where the JDK throws what is explained; its words alone where they do. */
class HandshakeFailureTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("CN=Test CA");
    private static final TestAuthority STRANGER = new TestAuthority("CN=Stranger CA");
    private static final Issued SERVER = AUTHORITY.issue("CN=server", TestAuthority.ec(), "broker.test", "192.0.2.1");

    private static TlsSettings settings() {
        return TlsSettings.standard().withTrust(TrustAnchors.pemText(Pem.certificates(AUTHORITY.certificate())));
    }

    private static HandshakeFailure explain(TlsSettings settings, Handshake handshake) {
        return settings.explain(new IOException("of the engine", handshake.clientFailure()), "broker.test", true);
    }

    private static void check(HandshakeFailure failure, Reason reason, String message) {
        assertThat(failure.message()).isEqualTo(message);
        assertThat(failure.reason()).isEqualTo(reason);
    }

    // The server's certificate

    @Test
    void theWrongHost() {
        check(
                settings()
                        .explain(Handshake.of(settings(), "other.test", SERVER).clientFailure(), "other.test", true),
                Reason.WRONG_HOST,
                "the server's certificate is not for the host [other.test], but for [broker.test, 192.0.2.1]. Connect by a"
                        + " name that the certificate holds, or have one issued that holds this name");
    }

    @Test
    void theWrongAddress() {
        assertThat(settings()
                        .explain(Handshake.of(settings(), "192.0.2.2", SERVER).clientFailure(), "192.0.2.2", true)
                        .reason())
                .isEqualTo(Reason.WRONG_HOST);
        assertThat(Handshake.of(settings(), "192.0.2.1", SERVER).failure()).isEmpty();
    }

    @Test
    void aCertificateWithoutAnyHost() {
        Issued nameless = AUTHORITY.issue("CN=server", TestAuthority.ec());
        check(
                explain(settings(), Handshake.of(settings(), "broker.test", nameless)),
                Reason.WRONG_HOST,
                "the server's certificate is not for the host [broker.test], but for [CN=server] without any alternative"
                        + " name. Connect by a name that the certificate holds, or have one issued that holds this name");
    }

    @Test
    void anExpiredCertificate() {
        Instant end = TestAuthority.now().minus(Duration.ofHours(1));
        Issued expired =
                AUTHORITY.issue("CN=server", TestAuthority.ec(), end.minus(Duration.ofDays(1)), end, "broker.test");
        check(
                explain(settings(), Handshake.of(settings(), "broker.test", expired)),
                Reason.SERVER_CERTIFICATE_EXPIRED,
                "the server's certificate [CN=server] expired at "
                        + expired.certificate().getNotAfter().toInstant()
                        + ". It must be renewed on the server; if it is valid there, check the clock of this machine");
    }

    @Test
    void aCertificateThatIsNotValidYet() {
        Instant begin = TestAuthority.now().plus(Duration.ofHours(1));
        Issued early =
                AUTHORITY.issue("CN=server", TestAuthority.ec(), begin, begin.plus(Duration.ofDays(1)), "broker.test");
        check(
                explain(settings(), Handshake.of(settings(), "broker.test", early)),
                Reason.SERVER_CERTIFICATE_NOT_YET_VALID,
                "the server's certificate [CN=server] is valid only from "
                        + early.certificate().getNotBefore().toInstant() + ". Check the clock of this machine");
    }

    @Test
    void aCertificateOfAnUnknownAuthority() {
        Issued strange = STRANGER.issue("CN=server", TestAuthority.ec(), "broker.test");
        check(
                explain(settings(), Handshake.of(settings(), "broker.test", strange)),
                Reason.UNKNOWN_CA,
                "the server's certificate is not trusted: it sent [CN=server], issued by [CN=Stranger CA]; trusted is"
                        + " [CN=Test CA] of [PEM text]. If the server is the right one, give the certificate of its CA to"
                        + " TrustAnchors.pem; if an intermediate certificate is missing, the server must send it");
    }

    @Test
    void aSelfSignedCertificate() {
        Issued selfSigned = TestAuthority.selfSigned("CN=server", TestAuthority.ec(), "broker.test");
        assertThat(explain(settings(), Handshake.of(settings(), "broker.test", selfSigned)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_CA))
                .satisfies(e -> assertThat(e.message())
                        .contains(": it sent [CN=server], self-signed; trusted is [CN=Test CA] of [PEM text]"));
        TlsSettings trusting =
                TlsSettings.standard().withTrust(TrustAnchors.pemText(Pem.certificates(selfSigned.certificate())));
        assertThat(Handshake.of(trusting, "broker.test", selfSigned).failure()).isEmpty();
    }

    @Test
    void anAuthorityOfTheSameNameWithAnotherKey() {
        Issued forged = new TestAuthority("CN=Test CA").issue("CN=server", TestAuthority.ec(), "broker.test");
        assertThat(explain(settings(), Handshake.of(settings(), "broker.test", forged))
                        .reason())
                .isEqualTo(Reason.UNKNOWN_CA);
    }

    @Test
    void whatTheRuntimeTrustsIsCountedNotListed() {
        TlsSettings standard = TlsSettings.standard();
        assertThat(explain(standard, Handshake.of(standard, "broker.test", SERVER))
                        .message())
                .containsPattern("; trusted is \\d+ certificates of \\[the trust store of the Java runtime\\]\\.");
    }

    @Test
    void aNameFromAStrangerStaysOneLine() {
        Issued strange = STRANGER.issue("CN=x\\0Ay" + ",OU=x\\0Ay".repeat(100), TestAuthority.ec(), "broker.test");
        assertThat(explain(settings(), Handshake.of(settings(), "broker.test", strange))
                        .message())
                .hasLineCount(1)
                .contains("[OU=x?y,OU=x?y")
                .contains("...]")
                .hasSizeLessThan(800);
    }

    @Test
    void aCertificateWithAnotherFault() {
        check(
                HandshakeFailure.of(
                        new SSLHandshakeException("x").initCause(new CertificateException("Key usage does not fit")),
                        "broker.test"),
                Reason.SERVER_CERTIFICATE_NOT_ACCEPTED,
                "the server's certificate is not accepted: Key usage does not fit. Have one issued that fits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker.test", "other.test"})
    void aContextOfTheProgramShowsLess(String host) {
        TlsSettings settings = TlsSettings.of(() -> Handshake.userMade(AUTHORITY));
        Issued server =
                "broker.test".equals(host) ? STRANGER.issue("CN=server", TestAuthority.ec(), "broker.test") : SERVER;
        HandshakeFailure failure =
                settings.explain(Handshake.of(settings, host, server).clientFailure(), host, true);
        assertThat(failure.reason()).isEqualTo("broker.test".equals(host) ? Reason.UNKNOWN_CA : Reason.WRONG_HOST);
        assertThat(failure.message()).doesNotContain("CN=server").contains(". ");
    }

    @Test
    void datesAreReadWithoutTheCertificatesToo() {
        TlsSettings settings = TlsSettings.of(() -> Handshake.userMade(AUTHORITY));
        Instant now = TestAuthority.now();
        Issued expired = AUTHORITY.issue(
                "CN=server",
                TestAuthority.ec(),
                now.minus(Duration.ofDays(2)),
                now.minus(Duration.ofDays(1)),
                "h.test");
        assertThat(explain(settings, Handshake.of(settings, "h.test", expired)).message())
                .startsWith("the server's certificate has expired (NotAfter: ");
        Issued early = AUTHORITY.issue(
                "CN=server", TestAuthority.ec(), now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)), "h.test");
        assertThat(explain(settings, Handshake.of(settings, "h.test", early)).message())
                .startsWith("the server's certificate is not valid yet (NotBefore: ");
    }

    // The client's certificate

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatDemandsACertificate(String version) {
        HandshakeFailure failure =
                explain(settings(), Handshake.of(settings(), "broker.test", SERVER, AUTHORITY, version));
        assertThat(failure.reason()).isEqualTo(Reason.CLIENT_CERTIFICATE_REQUIRED);
        assertThat(failure.message())
                .startsWith("the server demands a client certificate (alert ")
                .endsWith("), and none was presented. Give the one that was issued for this client to"
                        + " TlsSettings.withIdentity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatDoesNotKnowTheAuthorityOfTheClient(String version) {
        Issued client = STRANGER.issue("CN=device", TestAuthority.ec());
        TlsSettings settings = settings()
                .withIdentity(ClientIdentity.pemText(
                        Pem.certificates(client.chain()),
                        Pem.pkcs8(client.keys().getPrivate())));
        HandshakeFailure failure = explain(settings, Handshake.of(settings, "broker.test", SERVER, AUTHORITY, version));
        assertThat(failure.reason()).isEqualTo(Reason.CLIENT_CERTIFICATE_REFUSED);
        assertThat(failure.message())
                .startsWith(
                        "the server refused the client certificate of [PEM text] (alert certificate_unknown): it does"
                                + " not accept it. Check with the server what it demands of certificates");
    }

    static Stream<Arguments> alerts() {
        String refused = "the server refused the client certificate of [PEM text] (alert %s): it ";
        String required = "the server demands a client certificate (alert %s), and none was presented";
        String mismatch = "client and server have no TLS version or no cipher suite in common (alert %s)";
        return Stream.of(
                Arguments.of(
                        "unknown_ca", true, true, Reason.CLIENT_CERTIFICATE_REFUSED, refused + "does not know the CA"),
                Arguments.of("unknown_ca", false, true, Reason.CLIENT_CERTIFICATE_REQUIRED, required + ". Give"),
                Arguments.of(
                        "certificate_expired",
                        true,
                        true,
                        Reason.CLIENT_CERTIFICATE_REFUSED,
                        refused + "takes it for expired"),
                Arguments.of(
                        "certificate_revoked",
                        true,
                        true,
                        Reason.CLIENT_CERTIFICATE_REFUSED,
                        refused + "takes it for revoked"),
                Arguments.of(
                        "bad_certificate",
                        true,
                        true,
                        Reason.CLIENT_CERTIFICATE_REFUSED,
                        refused + "does not accept it"),
                Arguments.of("bad_certificate", false, true, Reason.CLIENT_CERTIFICATE_REQUIRED, required + ". Give"),
                Arguments.of("unsupported_certificate", true, true, Reason.CLIENT_CERTIFICATE_REFUSED, refused),
                Arguments.of("access_denied", true, true, Reason.CLIENT_CERTIFICATE_REFUSED, refused),
                Arguments.of(
                        "decrypt_error",
                        true,
                        true,
                        Reason.CLIENT_CERTIFICATE_REFUSED,
                        refused + "could not verify what"),
                Arguments.of(
                        "certificate_required",
                        true,
                        true,
                        Reason.CLIENT_CERTIFICATE_REQUIRED,
                        required + ": it does not take the kind of key of that of [PEM text]"),
                Arguments.of(
                        "certificate_required", false, true, Reason.CLIENT_CERTIFICATE_REQUIRED, required + ". Give"),
                Arguments.of(
                        "handshake_failure",
                        true,
                        true,
                        Reason.CLIENT_CERTIFICATE_REFUSED,
                        refused + "broke off when it was its turn"),
                Arguments.of("handshake_failure", false, true, Reason.CLIENT_CERTIFICATE_REQUIRED, required + ". Give"),
                Arguments.of("handshake_failure", false, false, Reason.PROTOCOL_MISMATCH, mismatch),
                Arguments.of("insufficient_security", true, false, Reason.PROTOCOL_MISMATCH, mismatch),
                Arguments.of("protocol_version", false, false, Reason.PROTOCOL_MISMATCH, mismatch),
                Arguments.of(
                        "unrecognized_name",
                        false,
                        false,
                        Reason.WRONG_HOST,
                        "the server does not know the host name [broker.test] (alert %s)"),
                Arguments.of(
                        "internal_error",
                        false,
                        true,
                        Reason.OTHER,
                        "the server broke off with the alert %s. Its log"));
    }

    @ParameterizedTest(name = "{0}, a certificate of the client: {1}, answered: {2}")
    @MethodSource("alerts")
    void anAlertInWords(String alert, boolean identity, boolean answered, Reason reason, String words) {
        TlsSettings settings = identity ? settings().withIdentity(ClientIdentity.pemText("", "")) : settings();
        HandshakeFailure failure =
                settings.explain(new SSLHandshakeException("Received fatal alert: " + alert), "broker.test", answered);
        assertThat(failure.message()).startsWith(words.formatted(alert)).contains(". ");
        assertThat(failure.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "handshake_failure, OTHER, 'the server broke off (alert handshake_failure): it has no cipher suite in common'",
        "unknown_ca, CLIENT_CERTIFICATE_REFUSED, 'the server refused the client certificate (alert unknown_ca): it does'",
        "certificate_required, CLIENT_CERTIFICATE_REQUIRED, 'the server demands a client certificate (alert cert'"
    })
    void anAlertToWhomeverItWas(String alert, Reason reason, String words) {
        // As JDK 25 writes it.
        HandshakeFailure failure = HandshakeFailure.of(
                new SSLHandshakeException("(" + alert + ") Received fatal alert: " + alert), "broker.test");
        assertThat(failure.message()).startsWith(words);
        assertThat(failure.reason()).isEqualTo(reason);
    }

    // Neither

    @Test
    void noVersionInCommon() {
        TlsSettings modern = settings().withProtocols("TLSv1.3");
        HandshakeFailure failure = explain(modern, Handshake.of(modern, "broker.test", SERVER, null, "TLSv1.2"));
        assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL_MISMATCH);
        assertThat(failure.message()).contains("the server must allow one of them");
    }

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        Reason.PLAIN_TEXT,
                        "the port answers, but not in TLS. If it speaks plain MQTT, as 1883 does, write tcp://"),
                Arguments.of(
                        new SSLHandshakeException("No appropriate protocol (protocol is disabled or ...)"),
                        Reason.PROTOCOL_MISMATCH,
                        "client and server have no TLS version or no cipher suite in common (No appropriate protocol"),
                Arguments.of(
                        new SSLHandshakeException("Remote host terminated the handshake")
                                .initCause(new EOFException("SSL peer shut down incorrectly")),
                        Reason.CLOSED,
                        "the server ended the connection without a reason (SSL peer shut down incorrectly). If the port"
                                + " speaks plain MQTT, as 1883 does, write tcp://"),
                Arguments.of(
                        new SocketException("Connection reset"),
                        Reason.CLOSED,
                        "the server ended the connection without a reason (Connection reset)"),
                Arguments.of(new SSLException("Something else"), Reason.OTHER, "Something else"));
    }

    @ParameterizedTest
    @MethodSource("words")
    void whatTheJdkSaysInWordsAlone(Throwable thrown, Reason reason, String words) {
        HandshakeFailure failure = HandshakeFailure.of(new IllegalStateException("of the engine", thrown), "h");
        assertThat(failure.message()).startsWith(words);
        assertThat(failure.reason()).isEqualTo(reason);
    }

    @Test
    void aCauseThatIsItsOwnEndsTheSearch() {
        IOException first = new IOException("first");
        IOException second = new IOException("second", first);
        first.initCause(second);
        assertThat(HandshakeFailure.of(first, "h").reason()).isEqualTo(Reason.OTHER);
    }
}
