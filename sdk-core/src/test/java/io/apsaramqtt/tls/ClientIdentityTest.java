package io.apsaramqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.tls.TestAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class ClientIdentityTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("CN=Test CA");
    private static final Issued SERVER = AUTHORITY.issue("CN=server", TestAuthority.ec(), "broker.test");
    private static final Issued RSA = AUTHORITY.issue("CN=rsa-device", TestAuthority.rsa());
    private static final Issued EC = AUTHORITY.issue("CN=ec-device", TestAuthority.ec());
    private static final Issued EDWARDS = AUTHORITY.issue("CN=ed-device", TestAuthority.generate("Ed25519"));
    private static final char[] PASSWORD = "key-password".toCharArray();

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ClientIdentity identity(String kind) {
        String rsaChain = Pem.certificates(RSA.chain());
        String ecChain = Pem.certificates(EC.chain());
        PrivateKey rsa = RSA.keys().getPrivate();
        PrivateKey ec = EC.keys().getPrivate();
        return switch (kind) {
            case "RSA in PKCS#8" -> ClientIdentity.pem(write("c.pem", rsaChain), write("k.pem", Pem.pkcs8(rsa)));
            case "RSA in PKCS#8, a text" -> ClientIdentity.pemText(rsaChain, Pem.pkcs8(rsa));
            case "RSA in PKCS#1" -> ClientIdentity.pem(write("c.pem", rsaChain), write("k.pem", Pem.pkcs1(rsa)));
            case "RSA in encrypted PKCS#8" ->
                ClientIdentity.pem(
                        write("c.pem", rsaChain), write("k.pem", Pem.encryptedPkcs8(rsa, "key-password")), PASSWORD);
            case "RSA in encrypted PKCS#1" ->
                ClientIdentity.pemText(rsaChain, Pem.encryptedPkcs1(rsa, "key-password"), PASSWORD);
            case "EC in PKCS#8" -> ClientIdentity.pem(write("c.pem", ecChain), write("k.pem", Pem.pkcs8(ec)));
            case "EC in SEC1" -> ClientIdentity.pem(write("c.pem", ecChain), write("k.pem", Pem.sec1(ec)));
            case "EC in SEC1 after its parameters" ->
                ClientIdentity.pemText(
                        ecChain,
                        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                                + Pem.sec1(ec));
            case "EC in encrypted PKCS#8" ->
                ClientIdentity.pemText(ecChain, Pem.encryptedPkcs8(ec, "key-password"), PASSWORD);
            case "EC, one file for all" -> {
                Path file = write("all.pem", Pem.sec1(ec) + "\nand its certificates\n" + ecChain);
                yield ClientIdentity.pem(file, file);
            }
            case "Ed25519 in PKCS#8" ->
                ClientIdentity.pemText(
                        Pem.certificates(EDWARDS.chain()),
                        Pem.pkcs8(EDWARDS.keys().getPrivate()));
            case "RSA in PKCS12", "RSA in JKS" ->
                ClientIdentity.store(
                        Stores.keys(folder.resolve("store"), kind.substring(7), "key-password", "key-password", RSA),
                        PASSWORD);
            case "EC, one of several in JKS, a password of its own" ->
                ClientIdentity.store(
                        Stores.keys(folder.resolve("store"), "JKS", "of-the-store", "key-password", RSA, EC),
                        "of-the-store".toCharArray(),
                        "key-1",
                        PASSWORD);
            default -> throw new AssertionError(kind);
        };
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                        "RSA in PKCS#8",
                        "RSA in PKCS#8, a text",
                        "RSA in PKCS#1",
                        "RSA in encrypted PKCS#8",
                        "RSA in encrypted PKCS#1",
                        "EC in PKCS#8",
                        "EC in SEC1",
                        "EC in SEC1 after its parameters",
                        "EC in encrypted PKCS#8",
                        "EC, one file for all",
                        "Ed25519 in PKCS#8",
                        "RSA in PKCS12",
                        "RSA in JKS",
                        "EC, one of several in JKS, a password of its own")
                .flatMap(kind -> Stream.of(Arguments.of(kind, "TLSv1.2"), Arguments.of(kind, "TLSv1.3")));
    }

    private static TlsSettings settings() {
        return TlsSettings.standard().withTrust(TrustAnchors.pemText(Pem.certificates(AUTHORITY.certificate())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("kinds")
    void theClientProvesWhoItIs(String kind, String version) {
        Handshake handshake =
                Handshake.of(settings().withIdentity(identity(kind)), "broker.test", SERVER, AUTHORITY, version);
        assertThat(handshake.failure()).isEmpty();
        assertThat(handshake.protocol()).isEqualTo(version);
        assertThat(handshake.clientSubject())
                .hasValue("CN=" + kind.substring(0, 2).toLowerCase(java.util.Locale.ROOT)
                        + (kind.startsWith("R") ? "a" : "") + "-device");
    }

    @Test
    void aServerThatAsksForNoCertificateGetsNone() {
        Handshake handshake = Handshake.of(settings().withIdentity(identity("RSA in PKCS#8")), "broker.test", SERVER);
        assertThat(handshake.failure()).isEmpty();
        assertThat(handshake.clientSubject()).isEmpty();
    }

    @Test
    void aRenewedCertificateCountsFromTheNextContextOn() {
        TlsSettings settings = settings().withIdentity(identity("RSA in PKCS#8"));
        assertThat(Handshake.of(settings, "broker.test", SERVER, AUTHORITY, "TLSv1.3")
                        .clientSubject())
                .hasValue("CN=rsa-device");
        identity("EC in SEC1");
        assertThat(Handshake.of(settings, "broker.test", SERVER, AUTHORITY, "TLSv1.3")
                        .clientSubject())
                .hasValue("CN=ec-device");
    }

    @Test
    void theSettingsKeepACopyOfThePassword() {
        char[] password = "key-password".toCharArray();
        ClientIdentity identity = ClientIdentity.pemText(
                Pem.certificates(EC.chain()), Pem.encryptedPkcs8(EC.keys().getPrivate(), "key-password"), password);
        java.util.Arrays.fill(password, 'x');
        identity.read();
        assertThat(identity.read().certificates()).hasSize(2);
    }

    @Test
    void whoIsExpiredIsToldInTheLog() {
        Instant now = TestAuthority.now();
        assertThat(warningsOf(now.minus(Duration.ofDays(2)), now.minusSeconds(60)))
                .singleElement()
                .asString()
                .startsWith("Client certificate [CN=late] of [PEM text] expired at ")
                .endsWith(": a server that verifies it refuses it. Renew it");
        assertThat(warningsOf(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2))))
                .singleElement()
                .asString()
                .startsWith("Client certificate [CN=late] of [PEM text] is valid only from ")
                .endsWith("Check the clock of this machine");
        assertThat(warningsOf(now.minusSeconds(60), now.plus(Duration.ofDays(1))))
                .isEmpty();
    }

    private static List<String> warningsOf(Instant from, Instant to) {
        Issued issued = AUTHORITY.issue("CN=late", TestAuthority.ec(), from, to);
        Logger logger = (Logger) LoggerFactory.getLogger("io.apsaramqtt.tls");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            TlsSettings settings = settings()
                    .withIdentity(ClientIdentity.pemText(
                            Pem.certificates(issued.chain()),
                            Pem.pkcs8(issued.keys().getPrivate())));
            settings.context();
        } finally {
            logger.detachAppender(appender);
        }
        assertThat(appender.list).extracting(ILoggingEvent::getLevel).allMatch(Level.WARN::equals);
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
