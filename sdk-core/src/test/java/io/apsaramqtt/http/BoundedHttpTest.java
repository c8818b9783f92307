package io.apsaramqtt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedHttpTest {

    private static final int MAX_BYTES = 100_000;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = BoundedHttp.client();

    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable HttpServer server;

    @AfterEach
    void stop() {
        ended.countDown();
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void givesStatusHeadersAndTextOfAnyAnswer() throws IOException {
        URI uri = serve(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            answer(exchange, 418, "Größe");
        });
        HttpAnswer answer = send(uri, LONG);
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.body()).isEqualTo("Größe");
        assertThat(answer.header("etag")).contains("\"1\"");
        assertThat(answer).hasToString("HttpAnswer[418, 5 characters]");
    }

    @Test
    void anAnswerAsLongAsAllowedIsRead() throws IOException {
        URI uri = serve(exchange -> answer(exchange, 200, "x".repeat(MAX_BYTES)));
        assertThat(send(uri, LONG).body()).hasSize(MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX_BYTES + 1, 10_000_000})
    void aLongerAnswerIsRefusedAndNotReadToItsEnd(int length) throws IOException {
        URI uri = serve(exchange -> answer(exchange, 200, "x".repeat(length)));
        HttpFailure failure = failure(uri, LONG);
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TOO_LARGE);
        assertThat(failure).hasMessageContaining("more than the 100000 bytes");
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        URI uri = serve(exchange -> awaitEnd());
        HttpFailure failure = failure(uri, Duration.ofMillis(200));
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
        assertThat(failure).hasMessageContaining("within 200 ms");
    }

    @Test
    void aServerThatStopsInTheBodyIsGivenUpToo() throws IOException {
        URI uri = serve(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        assertThat(failure(uri, Duration.ofMillis(500)).kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
    }

    @Test
    void aConnectionThatEndsInTheBodyIsNoAnswer() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread cutting = new Thread(
                    () -> answerAtOnce(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Policies\":"));
            cutting.start();
            HttpFailure failure =
                    failure(URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/p?token=secret"), LONG);
            assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.CUT);
            assertThat(failure.getMessage()).contains("/p]").doesNotContain("secret");
            cutting.join();
        }
    }

    /** Ends its side and reads on: a close with bytes unread is a reset, which may overtake the answer. */
    private static void answerAtOnce(ServerSocket socket, String answer) {
        try (Socket connection = socket.accept()) {
            connection.getInputStream().read();
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPortWhereNobodyListensIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        HttpFailure failure = failure(URI.create("http://127.0.0.1:" + port + "/"), LONG);
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("refused");
    }

    @Test
    void whatMayBeSecretInAnAddressIsNotRepeated() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        HttpFailure failure = failure(URI.create("http://user:s3cret@127.0.0.1:" + port + "/p?key=s3cret"), LONG);
        assertThat(failure).hasMessageContaining("[http://127.0.0.1:" + port + "/p]");
        assertThat(failure.getMessage()).doesNotContain("s3cret");
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        HttpFailure failure = failure(URI.create("http://ram.invalid/"), LONG);
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("ram.invalid").hasMessageContaining("DNS");
    }

    @Test
    void aServerWithoutTlsIsNoHttpsServer() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answerAtOnce(socket, "HTTP/1.1 400 Bad Request\r\n\r\n"));
            answering.start();
            HttpFailure failure = failure(URI.create("https://127.0.0.1:" + socket.getLocalPort() + "/"), LONG);
            assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("no TLS");
            answering.join();
        }
    }

    @Test
    void anInterruptedThreadWaitsNoLongerAndStaysInterrupted() throws IOException {
        URI uri = serve(exchange -> awaitEnd());
        Thread.currentThread().interrupt();
        assertThat(failure(uri, LONG).kind()).isEqualTo(HttpFailure.Kind.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theClientSpeaksHttp11AndWaits5SecondsForAConnection() {
        HttpClient client = BoundedHttp.client();
        assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(client.connectTimeout()).contains(Duration.ofSeconds(5));
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        URI uri = serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            answer(exchange, 302, "");
        });
        assertThat(send(uri, LONG).status()).isEqualTo(302);
    }

    private URI serve(HttpHandler handler) throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "test-server");
            thread.setDaemon(true);
            return thread;
        }));
        started.createContext("/", handler);
        started.start();
        server = started;
        return URI.create("http://127.0.0.1:" + started.getAddress().getPort() + "/");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpAnswer send(URI uri, Duration timeout) {
        return new BoundedHttp(CLIENT, timeout, MAX_BYTES)
                .send(HttpRequest.newBuilder(uri).build());
    }

    private static HttpFailure failure(URI uri, Duration timeout) {
        return catchThrowableOfType(HttpFailure.class, () -> send(uri, timeout));
    }
}
