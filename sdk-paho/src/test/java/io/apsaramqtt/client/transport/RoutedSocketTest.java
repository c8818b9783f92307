package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.proxy.ProxyException;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.proxy.TestProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies say, and what is made of it. */
class RoutedSocketTest {

    private static final String LOCALHOST = "127.0.0.1";
    private static final char[] PASSWORD = "proxy-password".toCharArray();
    private static final InetSocketAddress TARGET = InetSocketAddress.createUnresolved("broker.invalid", 8883);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(plain(text));
    }

    private static String plain(String text) {
        return text.replace(" ", "");
    }

    private static String inHex(Said said) {
        return HexFormat.of().formatHex(said.words().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What the client sent to a proxy that answered so and closed. */
    private record Said(String words, Throwable thrown) {}

    private static Said said(IntFunction<ProxySettings> settings, SocketAddress target, byte[] answer)
            throws IOException {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RoutedSocket socket = new RoutedSocket(settings.apply(proxy.getLocalPort()), SocketLayer.none())) {
            CompletableFuture<byte[]> heard = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try (Socket client = proxy.accept()) {
                    client.getOutputStream().write(answer);
                    client.shutdownOutput();
                    heard.complete(client.getInputStream().readAllBytes());
                } catch (IOException e) {
                    heard.completeExceptionally(e);
                }
            });
            thread.start();
            Throwable thrown = catchThrowable(() -> socket.connect(target, 20_000));
            if (thrown == null) {
                // What comes after the answer is the target's.
                assertThat(socket.getInputStream().read()).isEqualTo('!');
                socket.shutdownOutput();
            }
            assertThat(socket.isClosed()).isEqualTo(thrown != null);
            return new Said(
                    new String(Futures.get(heard), StandardCharsets.ISO_8859_1),
                    thrown == null ? new IOException("none") : thrown);
        }
    }

    private static ProxySettings http(int port) {
        return ProxySettings.http(LOCALHOST, port);
    }

    private static ProxySettings socks5(int port) {
        return ProxySettings.socks5(LOCALHOST, port);
    }

    // HTTP

    @Test
    void anHttpProxyIsAskedToConnect() throws IOException {
        Said said = said(RoutedSocketTest::http, TARGET, ascii("HTTP/1.0 200 OK\r\nVia: x\r\n\r\n!"));
        assertThat(said.thrown()).hasMessage("none");
        assertThat(said.words()).isEqualTo("CONNECT broker.invalid:8883 HTTP/1.1\r\nHost: broker.invalid:8883\r\n\r\n");
    }

    @Test
    void anHttpProxyIsToldTheUser() throws IOException {
        Said said = said(
                port -> http(port).withCredentials("m\u00fcller", PASSWORD), TARGET, ascii("HTTP/1.1 200\r\n\r\n!"));
        assertThat(said.thrown()).hasMessage("none");
        String basic =
                Base64.getEncoder().encodeToString("m\u00fcller:proxy-password".getBytes(StandardCharsets.UTF_8));
        assertThat(said.words()).contains("\r\nProxy-Authorization: Basic " + basic + "\r\n\r\n");
    }

    @Test
    void anAddressOfSixBytesStandsInBrackets() throws IOException {
        Said said = said(
                RoutedSocketTest::http,
                new InetSocketAddress(InetAddress.getByAddress(hex("00000000000000000000000000000001")), 8883),
                ascii("HTTP/1.1 200 OK\r\n\r\n!"));
        assertThat(said.words()).startsWith("CONNECT [0:0:0:0:0:0:0:1]:8883 HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 407 Proxy Authentication Required | Give user and password by ProxySettings.withCredentials
            HTTP/1.1 403 Forbidden                     | Its rules do not allow this host and port: have them allowed
            HTTP/1.1 405 Method Not Allowed            | Its rules do not allow this host and port: have them allowed
            HTTP/1.1 502 Bad Gateway                   | It did not reach the host: check host and port of the endpoint
            HTTP/1.1 503 Service Unavailable           | It did not reach the host: check host and port of the endpoint
            HTTP/1.0 504 Gateway Timeout               | It did not reach the host: check host and port of the endpoint
            HTTP/1.1 500 Internal Server Error         | Check its log
            HTTP/1.1 302 Found                         | Check its log
            """)
    void anHttpProxyThatRefuses(String status, String advice) throws IOException {
        int[] used = new int[1];
        Said said = said(
                port -> {
                    used[0] = port;
                    return http(port);
                },
                TARGET,
                ascii(status + "\r\nContent-Type: text/html\r\n\r\n<html>"));
        assertThat(said.thrown())
                .hasMessage("proxy [http://127.0.0.1:" + used[0] + "] answered [" + status
                        + "] to CONNECT broker.invalid:8883. " + advice)
                .isInstanceOfSatisfying(ProxyException.class, e -> {
                    assertThat(e.answer()).hasValue(status);
                    assertThat(e.proxy().port()).isEqualTo(used[0]);
                });
    }

    @Test
    void anHttpProxyThatDoesNotKnowTheUser() throws IOException {
        Said said = said(port -> http(port).withCredentials("me", PASSWORD), TARGET, ascii("HTTP/1.1 407 No\r\n\r\n"));
        assertThat(said.thrown())
                .hasMessageEndingWith("It did not accept user and password by the scheme Basic")
                .hasMessageNotContaining("proxy-password");
    }

    @Test
    void somethingElseThanAnHttpProxy() throws IOException {
        Said said = said(RoutedSocketTest::http, TARGET, ascii("SSH-2.0\u001b" + "x".repeat(300) + "\r\n\r\n"));
        assertThat(said.thrown())
                .hasMessageContaining("answered [SSH-2.0?xxx")
                .hasMessageEndingWith("x...], which is not HTTP. Check its port");
    }

    @Test
    void anHttpProxyThatDoesNotEnd() throws IOException {
        Said said = said(RoutedSocketTest::http, TARGET, new byte[20_000]);
        assertThat(said.thrown()).hasMessageEndingWith("answered more than 16384 bytes without end. Check its port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n"})
    void anHttpProxyThatHangsUp(String answer) throws IOException {
        Said said = said(RoutedSocketTest::http, TARGET, ascii(answer));
        assertThat(said.thrown())
                .hasMessageEndingWith(
                        "closed the connection instead of answering. Check that it is a HTTP proxy, and that"
                                + " it lets this machine in");
    }

    // SOCKS 5

    @Test
    void aSocksProxyIsAskedToConnect() throws IOException {
        Said said = said(RoutedSocketTest::socks5, TARGET, hex("05 00  05 00 00 01 7f000001 0050 21"));
        assertThat(said.thrown()).hasMessage("none");
        assertThat(inHex(said))
                .isEqualTo(
                        plain("05 01 00  05 01 00 03 0e" + HexFormat.of().formatHex(ascii("broker.invalid")) + "22b3"));
    }

    @Test
    void aSocksProxyIsToldTheUser() throws IOException {
        Said said = said(
                port -> socks5(port).withCredentials("me", PASSWORD),
                InetSocketAddress.createUnresolved("h", 1),
                hex("05 02  01 00  05 00 00 04 00000000000000000000000000000001 0050 21"));
        assertThat(said.thrown()).hasMessage("none");
        assertThat(inHex(said))
                .isEqualTo(plain("05 02 00 02  01 02 6d65 0e" + HexFormat.of().formatHex(ascii("proxy-password"))
                        + "05 01 00 03 01 68 0001"));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 01 c0000201", "::1, 04 00000000000000000000000000000001"})
    void aSocksProxyIsToldAnAddressAsOne(String address, String expected) throws IOException {
        Said said = said(
                RoutedSocketTest::socks5,
                InetSocketAddress.createUnresolved(address, 1),
                hex("05 00  05 00 00 03 01 78 0050 21"));
        assertThat(said.thrown()).hasMessage("none");
        assertThat(inHex(said)).isEqualTo(plain("05 01 00  05 01 00 " + expected + " 0001"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            01 | it failed (reply 0x1). Check its log
            02 | its rules do not allow it (reply 0x2). Have host and port allowed
            03 | the network cannot be reached from there (reply 0x3)
            04 | the host cannot be reached from there (reply 0x4). Check the host of the endpoint
            05 | the host refused the connection (reply 0x5). Check the port of the endpoint
            06 | the way is too long (reply 0x6)
            07 | it does not know the command CONNECT (reply 0x7)
            08 | it does not know this kind of address (reply 0x8). Write the endpoint with a name, or an IPv4 address
            5a | reply 0x5a, which RFC 1928 does not know
            """)
    void aSocksProxyThatRefuses(String reply, String meaning) throws IOException {
        Said said = said(RoutedSocketTest::socks5, TARGET, hex("05 00  05 " + reply));
        assertThat(said.thrown())
                .isInstanceOfSatisfying(
                        ProxyException.class, e -> assertThat(e.answer()).isEmpty())
                .hasMessageStartingWith("proxy [socks5://127.0.0.1:")
                .hasMessageEndingWith("did not connect to broker.invalid:8883: " + meaning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            05 ff    | demands authentication. Give user and password by ProxySettings.withCredentials
            05 02    | demands an authentication (method 0x2) that is not known here; known are none, and user and password
            05 01    | demands an authentication (method 0x1) that is not known here; known are none, and user and password
            04 5a    | does not speak SOCKS 5: its first byte is 0x4. Check its port; an HTTP proxy is given by ProxySettings.http
            48 54    | does not speak SOCKS 5: its first byte is 0x48. Check its port; an HTTP proxy is given by ProxySettings.http
            """)
    void aSocksProxyThatDemandsSomethingElse(String answer, String words) throws IOException {
        assertThat(said(RoutedSocketTest::socks5, TARGET, hex(answer)).thrown()).hasMessageEndingWith("] " + words);
    }

    @Test
    void aSocksProxyThatDoesNotKnowTheUser() throws IOException {
        Said said = said(port -> socks5(port).withCredentials("me", PASSWORD), TARGET, hex("05 02  01 01"));
        assertThat(said.thrown())
                .hasMessageEndingWith("did not accept user and password (status 0x1)")
                .hasMessageNotContaining("proxy-password");
    }

    @Test
    void aNameThatSocksCannotSay() throws IOException {
        Said said =
                said(RoutedSocketTest::socks5, InetSocketAddress.createUnresolved("x".repeat(256), 1), hex("05 00"));
        assertThat(said.thrown()).hasMessageEndingWith("takes no host name longer than 255 bytes");
    }

    // Either

    @Test
    void aProxyThatIsNotThere() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        try (RoutedSocket socket = new RoutedSocket(http(unused), SocketLayer.none())) {
            assertThatThrownBy(() -> socket.connect(TARGET))
                    .isInstanceOf(ProxyException.class)
                    .hasMessage("proxy [http://127.0.0.1:" + unused
                            + "] cannot be reached: Connection refused. Check its host and port")
                    .hasNoCause()
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).isInstanceOf(ConnectException.class));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void aProxyThatDoesNotAnswer(String kind) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RoutedSocket socket = new RoutedSocket(
                        "http".equals(kind) ? http(silent.getLocalPort()) : socks5(silent.getLocalPort()),
                        SocketLayer.none())) {
            assertThatThrownBy(() -> socket.connect(TARGET, 100)).isInstanceOf(SocketTimeoutException.class);
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void whoSetsNoTimeOutWaits() throws IOException {
        try (TestProxy proxy = TestProxy.open();
                ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RoutedSocket socket = new RoutedSocket(socks5(proxy.port()), SocketLayer.none())) {
            socket.connect(InetSocketAddress.createUnresolved("any.invalid", target.getLocalPort()));
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void theTimeOutOfReadsIsAsItWas() throws IOException {
        try (TestProxy proxy = TestProxy.open();
                ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RoutedSocket socket = new RoutedSocket(http(proxy.port()), SocketLayer.none())) {
            socket.setSoTimeout(4_321);
            socket.connect(InetSocketAddress.createUnresolved("any.invalid", target.getLocalPort()), 20_000);
            assertThat(socket.getSoTimeout()).isEqualTo(4_321);
        }
    }

    @Test
    void onlyAddressesOfTheInternetAreTargets() throws IOException {
        try (RoutedSocket socket = new RoutedSocket(http(1), SocketLayer.none())) {
            assertThatThrownBy(() -> socket.connect(new SocketAddress() {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not one of the Internet");
        }
    }
}
