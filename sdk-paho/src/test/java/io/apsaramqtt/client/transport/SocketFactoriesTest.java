package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.proxy.TestProxy;
import io.apsaramqtt.tls.ClientIdentity;
import io.apsaramqtt.tls.TlsConfigurationException;
import io.apsaramqtt.tls.TlsSettings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketFactoriesTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** One of the ways in which a factory is asked. */
    @FunctionalInterface
    private interface Way {
        Socket create(SocketFactory factory, int port) throws IOException;
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                        new Object[] {"unconnected", (Way) (factory, port) -> connected(factory.createSocket(), port)},
                        new Object[] {"by name", (Way) (factory, port) -> factory.createSocket("localhost", port)},
                        new Object[] {"by address", (Way) (factory, port) -> factory.createSocket(LOOPBACK, port)},
                        new Object[] {
                            "by name, bound",
                            (Way) (factory, port) -> factory.createSocket("localhost", port, LOOPBACK, 0)
                        },
                        new Object[] {
                            "by address, bound",
                            (Way) (factory, port) -> factory.createSocket(LOOPBACK, port, LOOPBACK, 0)
                        })
                .flatMap(way -> Stream.of("tcp", "ssl").map(scheme -> Arguments.of(scheme, way[0], way[1])));
    }

    private static Socket connected(Socket socket, int port) throws IOException {
        socket.connect(new InetSocketAddress("localhost", port));
        return socket;
    }

    private static Endpoint endpoint(String scheme, int port) {
        return Endpoint.parse(scheme + "://localhost:" + port);
    }

    private static void echo(Socket socket) throws IOException {
        socket.getOutputStream().write('x');
        socket.getOutputStream().write(new byte[] {'y', 'z'});
        assertThat(socket.getInputStream().read()).isEqualTo('x');
        assertThat(socket.getInputStream().readNBytes(2)).containsExactly('y', 'z');
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    void everySocketSendsAtOnce(String scheme, String name, Way way) throws IOException {
        boolean tls = "ssl".equals(scheme);
        try (TlsServer secure = TlsServer.start("localhost");
                ServerSocket plain = new ServerSocket(0, 5, LOOPBACK);
                Socket socket = way.create(
                        SocketFactories.of(endpoint(scheme, 1), TlsServer.TRUSTING),
                        tls ? secure.port() : plain.getLocalPort())) {
            assertThat(socket.getTcpNoDelay()).isTrue();
            assertThat(socket.isConnected()).isTrue();
            if (tls) {
                echo(socket);
                assertThat(Futures.get(secure.names())).containsExactly("localhost");
            }
        }
    }

    @Test
    void aPingOfAWebSocketOverTlsDoesNotReachTheEngine() throws IOException {
        try (TlsServer server = TlsServer.start("localhost");
                Socket socket = SocketFactories.of(endpoint("wss", 1), TlsServer.TRUSTING)
                        .createSocket("localhost", server.port())) {
            byte[] sent = {'\r', '\n', '\r', '\n', (byte) 0x89, 1, 'p', (byte) 0x82, 1, 'x'};
            socket.getOutputStream().write(sent);
            // The server echoes the pong too, which is taken out as well.
            assertThat(socket.getInputStream().readNBytes(7)).containsExactly('\r', '\n', '\r', '\n', 0x82, 1, 'x');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl", "wss"})
    void aSocketOnTopOfAnotherIsRefusedAndTheOtherLeftAsItWas(String scheme) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SocketFactories.of(endpoint(scheme, 1));
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Socket below = new Socket(LOOPBACK, server.getLocalPort())) {
            assertThatThrownBy(() -> factory.createSocket(below, "localhost", server.getLocalPort(), true))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageStartingWith("TLS on top of a socket that is connected already is not supported");
            assertThat(below.isClosed()).isFalse();
        }
    }

    private static SSLSocketFactory tls(TlsServer server, TlsSettings settings) {
        return (SSLSocketFactory) SocketFactories.of(endpoint("ssl", server.port()), settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ssl"})
    void aSocketThatCannotConnectIsClosed(String scheme) throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            unused = socket.getLocalPort();
        }
        SocketFactory factory = SocketFactories.of(endpoint(scheme, unused));
        assertThatThrownBy(() -> factory.createSocket("localhost", unused)).isInstanceOf(ConnectException.class);
        try (Socket socket = factory.createSocket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(LOOPBACK, unused), 1_000))
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(
                            () -> socket.connect(InetSocketAddress.createUnresolved("nowhere.invalid", unused), 1_000))
                    .isInstanceOfAny(UnknownHostException.class, SocketException.class);
        }
    }

    @Test
    void whatCannotBeConnectedIsNotLeftOpen() throws IOException {
        int unused;
        try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
            unused = closed.getLocalPort();
        }
        try (Socket socket = new Socket()) {
            InetSocketAddress target = new InetSocketAddress(LOOPBACK, unused);
            assertThatThrownBy(() -> NoDelaySocketFactory.connected(socket, null, target))
                    .isInstanceOf(ConnectException.class);
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void aSocketIsBoundWhereThatIsAskedFor() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Socket socket = new Socket()) {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
                port = free.getLocalPort();
            }
            NoDelaySocketFactory.connected(
                    socket,
                    new InetSocketAddress(LOOPBACK, port),
                    new InetSocketAddress(LOOPBACK, server.getLocalPort()));
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void aTargetIsResolvedHereOnlyWithoutAProxy() {
        assertThat(NoDelaySocketFactory.target("localhost", 1, null).isUnresolved())
                .isFalse();
        assertThat(NoDelaySocketFactory.target("localhost", 1, ProxySettings.http("p", 1))
                        .isUnresolved())
                .isTrue();
    }

    @Test
    void whatAnEngineSetsDoesNotLiftTheRules() throws IOException {
        try (TlsServer server = TlsServer.start("another");
                SSLSocket socket = (SSLSocket) tls(server, TlsServer.TRUSTING).createSocket()) {
            SSLParameters parameters = new SSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("another")));
            parameters.setEndpointIdentificationAlgorithm("");
            socket.setSSLParameters(parameters);
            connected(socket, server.port());
            socket.setSSLParameters(parameters);
            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageStartingWith(
                            "the server's certificate is not for the host [localhost], but for [another]");
        }
    }

    @Test
    void whatAnEngineSetsDoesNotVerifyWhereThatIsSwitchedOff() throws IOException {
        try (TlsServer server = TlsServer.start("another");
                SSLSocket socket = (SSLSocket) tls(server, TlsServer.TRUSTING.withoutHostnameVerification())
                        .createSocket()) {
            connected(socket, server.port());
            SSLParameters parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            echo(socket);
            assertThat(Futures.get(server.names())).containsExactly("localhost");
        }
    }

    @Test
    void whatIsSetBeforeTheConnectionCountsAfterIt() throws IOException {
        try (TlsServer server = TlsServer.start("localhost");
                SSLSocket socket = (SSLSocket)
                        tls(server, TlsServer.TRUSTING.withProtocols("TLSv1.2")).createSocket()) {
            assertThat(socket.getEnabledProtocols()).containsExactly("TLSv1.2");
            String suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.setSoTimeout(12_345);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            connected(socket, server.port());
            assertThat(socket.getSoTimeout()).isEqualTo(12_345);
            assertThat(socket.getKeepAlive()).isTrue();
            assertThat(socket.getUseClientMode()).isTrue();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1, ''", "localhost, localhost., localhost"})
    void aNameIsSentAndAnAddressIsNot(String certified, String host, String sent) throws IOException {
        try (TlsServer server = TlsServer.start(certified);
                Socket socket = SocketFactories.of(
                                Endpoint.parse("ssl://" + host + ":" + server.port()), TlsServer.TRUSTING)
                        .createSocket()) {
            connected(socket, server.port());
            echo(socket);
            assertThat(String.join(",", Futures.get(server.names()))).isEqualTo(sent);
        }
    }

    @Test
    void theDefaultTrustsWhatTheRuntimeTrusts() throws IOException {
        try (TlsServer server = TlsServer.start("localhost");
                SSLSocket socket = (SSLSocket)
                        SocketFactories.of(endpoint("ssl", server.port())).createSocket()) {
            connected(socket, server.port());
            assertThatThrownBy(socket::startHandshake)
                    .hasMessageStartingWith("the server's certificate is not trusted")
                    .hasCauseInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void filesAreReadWhenTheFactoryIsMadeAndForTlsAlone() {
        TlsSettings settings = TlsSettings.standard().withIdentity(ClientIdentity.pemText("", ""));
        assertThat(SocketFactories.of(endpoint("tcp", 1), settings)).isNotNull();
        assertThatThrownBy(() -> SocketFactories.of(endpoint("ssl", 1), settings))
                .isInstanceOf(TlsConfigurationException.class);
    }

    @Test
    void theSuitesAreThoseOfTheContext() {
        SSLSocketFactory factory = (SSLSocketFactory) SocketFactories.of(endpoint("wss", 1));
        SSLSocketFactory expected = TlsSettings.standard().context().getSocketFactory();
        assertThat(factory.getDefaultCipherSuites()).containsExactly(expected.getDefaultCipherSuites());
        assertThat(factory.getSupportedCipherSuites()).containsExactly(expected.getSupportedCipherSuites());
    }

    @Test
    @SuppressWarnings("try")
    void whoClosesEndsAHandshakeThatWaits() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK);
                SSLSocket socket =
                        (SSLSocket) SocketFactories.of(endpoint("ssl", 1)).createSocket()) {
            connected(socket, silent.getLocalPort());
            CompletableFuture<IOException> ended = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    socket.startHandshake();
                } catch (IOException e) {
                    ended.complete(e);
                }
            });
            thread.start();
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.getInputStream().read()).isPositive();
                socket.close();
                assertThat(Futures.get(ended)).isInstanceOf(SSLHandshakeException.class);
                assertThat(socket.isClosed()).isTrue();
            }
            thread.join();
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsATimeOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK);
                SSLSocket socket =
                        (SSLSocket) SocketFactories.of(endpoint("ssl", 1)).createSocket()) {
            connected(socket, silent.getLocalPort());
            socket.setSoTimeout(50);
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void everyMethodOfASocketIsForwarded() {
        List<String> missing = Arrays.stream(EndpointSslSocket.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> List.of(Socket.class, SSLSocket.class).contains(method.getDeclaringClass()))
                .map(Method::toString)
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void theNamesOfTargetsAreResolvedByTheProxyAlone() throws IOException {
        try (TestProxy proxy = TestProxy.open();
                TlsServer server = TlsServer.start("broker.invalid")) {
            Endpoint endpoint = Endpoint.parse("ssl://broker.invalid:" + server.port());
            SocketFactory factory =
                    SocketFactories.of(endpoint, TlsServer.TRUSTING, ProxySettings.socks5("127.0.0.1", proxy.port()));
            try (Socket socket = factory.createSocket("broker.invalid", server.port())) {
                assertThat(socket.getTcpNoDelay()).isTrue();
                echo(socket);
            }
            assertThat(proxy.targets()).containsExactly("broker.invalid:" + server.port());
        }
    }

    @Test
    void afterTheFirstByteAFailureIsTheJdks() throws IOException {
        try (TlsServer server = TlsServer.start("localhost");
                SSLSocket socket = (SSLSocket) tls(server, TlsServer.TRUSTING).createSocket()) {
            connected(socket, server.port());
            assertThat(socket).asString().startsWith("TLS for [localhost] over ");
            echo(socket);
            server.spoil();
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SSLException.class)
                    .isNotInstanceOf(HandshakeFailedException.class);
            assertThatThrownBy(() -> socket.getOutputStream().write(1)).isNotInstanceOf(HandshakeFailedException.class);
        }
    }

    @Test
    void beforeTheFirstByteAFailureIsThatOfTheHandshake() throws IOException {
        try (TlsServer server = TlsServer.start("localhost");
                SSLSocket socket = (SSLSocket) tls(server, TlsServer.TRUSTING).createSocket()) {
            connected(socket, server.port());
            socket.startHandshake();
            Futures.get(server.names());
            server.spoil();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(HandshakeFailedException.class);
        }
    }

    @Test
    void whoBeginsWithAWriteIsToldTheSame() throws IOException {
        try (TlsServer server = TlsServer.start("another");
                SSLSocket socket = (SSLSocket) tls(server, TlsServer.TRUSTING).createSocket()) {
            connected(socket, server.port());
            assertThatThrownBy(() -> socket.getOutputStream().write(1)).isInstanceOf(HandshakeFailedException.class);
        }
    }
}
