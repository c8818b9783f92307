package io.apsaramqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.apsaramqtt.certificates.KeyKind;
import io.apsaramqtt.certificates.TestAuthority;
import io.apsaramqtt.certificates.TestAuthority.Issued;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.client.transport.SocketFactories;
import io.apsaramqtt.mosquitto.TlsBroker;
import io.apsaramqtt.mosquitto.TlsBroker.Listener;
import io.apsaramqtt.proxy.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our sockets on a real Mosquitto, the same for everyone who uses them. */
abstract class TlsContract extends WithTlsBroker {

    static final TlsSettings TRUSTING =
            TlsSettings.standard().withTrust(TrustAnchors.pemText(TlsBroker.AUTHORITY.pem()));

    @TempDir
    private Path folder = Path.of("");

    /** Connects as MQTT does, up to the CONNACK, and ends the connection. */
    abstract void connect(Endpoint endpoint, SocketFactory sockets) throws Exception;

    static Endpoint endpoint(Listener listener) {
        return Endpoint.parse(
                (listener.name().endsWith("WEB_SOCKET") ? "wss" : "ssl") + "://localhost:" + broker().port(listener));
    }

    final void connect(Endpoint endpoint, TlsSettings settings) throws Exception {
        connect(endpoint, SocketFactories.of(endpoint, settings));
    }

    final ConnectFailedException failure(Endpoint endpoint, TlsSettings settings) {
        return failure(endpoint, settings, null);
    }

    final ConnectFailedException failure(Endpoint endpoint, TlsSettings settings, @Nullable ProxySettings proxy) {
        Throwable thrown = catchThrowable(() -> connect(endpoint, SocketFactories.of(endpoint, settings, proxy)));
        assertThat(thrown).as("failure of the connection").isNotNull();
        return ConnectFailures.failed(endpoint, thrown);
    }

    private void check(Endpoint endpoint, TlsSettings settings, String words) {
        ConnectFailedException failure = failure(endpoint, settings);
        assertThat(failure)
                .hasMessageStartingWith("Connection to [" + endpoint + "] failed in the TLS handshake: " + words);
        assertThat(failure.reason()).isEqualTo(Reason.TLS);
    }

    private TlsSettings with(KeyKind kind, Issued issued) {
        return TRUSTING.withIdentity(kind.write(folder, issued));
    }

    // Who is trusted

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aTrustedServer(String version) throws Exception {
        connect(endpoint(Listener.TRUSTED), TRUSTING.withProtocols(version));
    }

    @Test
    void aTrustedServerByItsAddress() throws Exception {
        connect(Endpoint.parse("ssl://127.0.0.1:" + broker().port(Listener.TRUSTED)), TRUSTING);
    }

    @Test
    void theRuntimeDoesNotTrustTheAuthorityOfATest() {
        check(
                endpoint(Listener.TRUSTED),
                TlsSettings.standard(),
                "the server's certificate is not trusted: it sent [CN=broker], issued by [CN=Test CA]; trusted is ");
    }

    @Test
    void theWrongHost() {
        check(
                endpoint(Listener.WRONG_HOST),
                TRUSTING,
                "the server's certificate is not for the host [localhost], but for [broker.example]. Connect by");
    }

    @Test
    void theWrongHostWhereThatIsSwitchedOff() throws Exception {
        connect(endpoint(Listener.WRONG_HOST), TRUSTING.withoutHostnameVerification());
    }

    @Test
    void anExpiredCertificate() {
        check(endpoint(Listener.EXPIRED), TRUSTING, "the server's certificate [CN=broker] expired at ");
    }

    @Test
    void aCertificateOfTomorrow() {
        check(endpoint(Listener.NOT_YET_VALID), TRUSTING, "the server's certificate [CN=broker] is valid only from ");
    }

    @Test
    void anUnknownAuthority() {
        check(
                endpoint(Listener.UNKNOWN_CA),
                TRUSTING,
                "the server's certificate is not trusted: it sent [CN=broker], issued by [CN=Stranger CA]; trusted is"
                        + " [CN=Test CA] of [PEM text]. If the server is the right one, give");
    }

    @Test
    void filesAreReadAgainForTheNextConnection() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), TlsBroker.STRANGER.pem());
        TlsSettings settings = TlsSettings.standard().withTrust(TrustAnchors.pem(file));
        assertThat(failure(endpoint(Listener.TRUSTED), settings)).hasMessageContaining("is not trusted");
        Files.writeString(file, TlsBroker.AUTHORITY.pem());
        connect(endpoint(Listener.TRUSTED), settings);
    }

    // Who the client is

    static Stream<Arguments> kinds() {
        return Arrays.stream(KeyKind.values())
                .flatMap(kind -> Stream.of(Arguments.of(kind, "TLSv1.2"), Arguments.of(kind, "TLSv1.3")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("kinds")
    void aCertificateOfTheClient(KeyKind kind, String version) throws Exception {
        Issued issued = TlsBroker.AUTHORITY.issue("CN=device", kind.keys());
        connect(endpoint(Listener.MUTUAL), with(kind, issued).withProtocols(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void noCertificateOfTheClient(String version) {
        String alert = "TLSv1.3".equals(version) ? "certificate_required" : "handshake_failure";
        check(
                endpoint(Listener.MUTUAL),
                TRUSTING.withProtocols(version),
                "the server demands a client certificate (alert " + alert
                        + "), and none was presented. Give the one that");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aCertificateOfTheClientThatTheServerDoesNotKnow(String version) {
        Issued issued = TlsBroker.STRANGER.issue("CN=device", TestAuthority.rsa());
        check(
                endpoint(Listener.MUTUAL),
                with(KeyKind.PKCS8_RSA, issued).withProtocols(version),
                "the server refused the client certificate of [" + folder.resolve("client.pem")
                        + "] (alert unknown_ca): it does not know the CA that issued it. Register");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aCertificateOfTheClientThatHasExpired(String version) {
        Instant end = Instant.now().minus(Duration.ofHours(1));
        Issued issued = TlsBroker.AUTHORITY.issue("CN=device", TestAuthority.ec(), end.minus(Duration.ofDays(1)), end);
        check(
                endpoint(Listener.MUTUAL),
                with(KeyKind.PKCS8_EC, issued).withProtocols(version),
                "the server refused the client certificate of [" + folder.resolve("client.pem")
                        + "] (alert certificate_expired): it takes it for expired. Renew it");
    }

    @Test
    void aKeyOfAnotherCertificate() {
        Issued mine = TlsBroker.AUTHORITY.issue("CN=device", TestAuthority.rsa());
        Issued mixed = new Issued(TestAuthority.ec(), mine.chain());
        ConnectFailedException failure = failure(endpoint(Listener.MUTUAL), with(KeyKind.PKCS8_EC, mixed));
        assertThat(failure.reason()).isEqualTo(Reason.TLS);
        assertThat(failure)
                .hasMessage("Connection to [" + endpoint(Listener.MUTUAL) + "] failed: Client certificate ["
                        + folder.resolve("client.pem")
                        + "] [CN=device] does not belong to the private key. Check which two"
                        + " files were issued together");
    }

    // Neither

    @Test
    void aServerThatIsTooModern() throws Exception {
        connect(endpoint(Listener.ONLY_TLS_1_3), TRUSTING);
        check(
                endpoint(Listener.ONLY_TLS_1_3),
                TRUSTING.withProtocols("TLSv1.2"),
                "client and server have no TLS version or no cipher suite in common (alert ");
    }

    @Test
    void aPortWithoutTls() {
        check(
                Endpoint.parse("ssl://localhost:" + broker().plainPort()),
                TRUSTING,
                "the server ended the connection without a reason (");
    }

    @Test
    void aPortThatAnswersWithoutTls() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(web), "not-tls");
            thread.start();
            check(
                    Endpoint.parse("ssl://localhost:" + web.getLocalPort()),
                    TRUSTING,
                    "the port answers, but not in TLS. If it speaks plain MQTT, as 1883 does, write tcp://");
            thread.join();
        }
    }

    private static void answer(ServerSocket web) {
        try (Socket socket = web.accept()) {
            byte[] hello = new byte[16 * 1024];
            assertThat(socket.getInputStream().read(hello)).isPositive();
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            // Until the client hangs up: a reset could overtake the answer.
            assertThat(socket.getInputStream().readAllBytes()).isNotNull();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    // Proxies

    private static ProxySettings settings(TestProxy proxy, ProxySettings.Kind kind) {
        return kind == ProxySettings.Kind.HTTP
                ? ProxySettings.http("localhost", proxy.port())
                : ProxySettings.socks5("localhost", proxy.port());
    }

    @ParameterizedTest
    @EnumSource
    void throughAProxy(ProxySettings.Kind kind) throws Exception {
        try (TestProxy proxy = TestProxy.open()) {
            Endpoint tls = endpoint(Listener.MUTUAL);
            Issued issued = TlsBroker.AUTHORITY.issue("CN=device", TestAuthority.ec());
            connect(tls, SocketFactories.of(tls, with(KeyKind.SEC1_EC, issued), settings(proxy, kind)));
            Endpoint plain = Endpoint.parse("tcp://localhost:" + broker().plainPort());
            connect(plain, SocketFactories.of(plain, TRUSTING, settings(proxy, kind)));
            assertThat(proxy.targets()).containsExactly("localhost:" + tls.port(), "localhost:" + plain.port());
        }
    }

    @ParameterizedTest
    @EnumSource
    void throughAProxyThatKnowsTheUser(ProxySettings.Kind kind) throws Exception {
        try (TestProxy proxy = TestProxy.demanding("me:proxy-password")) {
            Endpoint tls = endpoint(Listener.TRUSTED);
            connect(
                    tls,
                    SocketFactories.of(
                            tls,
                            TRUSTING,
                            settings(proxy, kind).withCredentials("me", "proxy-password".toCharArray())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProxyThatRefuses(ProxySettings.Kind kind) throws Exception {
        try (TestProxy proxy = TestProxy.demanding("me:proxy-password")) {
            Endpoint tls = endpoint(Listener.TRUSTED);
            ConnectFailedException failure = failure(tls, TRUSTING, settings(proxy, kind));
            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "Connection to [" + tls + "] failed: proxy [" + settings(proxy, kind) + "] "
                                    + (kind == ProxySettings.Kind.HTTP
                                            ? "answered [HTTP/1.1 407 Proxy Authentication Required] to CONNECT localhost:"
                                                    + tls.port()
                                                    + ". Give user and password by ProxySettings.withCredentials"
                                            : "demands authentication. Give user and password by ProxySettings.withCredentials"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFaultOfTlsBehindAProxy(ProxySettings.Kind kind) throws Exception {
        try (TestProxy proxy = TestProxy.open()) {
            assertThat(failure(endpoint(Listener.WRONG_HOST), TRUSTING, settings(proxy, kind)))
                    .hasMessageContaining("is not for the host [localhost], but for [broker.example]");
        }
    }
}
