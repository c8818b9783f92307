package io.apsaramqtt.credentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Whatever this JVM asks by HTTP, asked of a server on the loopback interface: a proxy for all hosts, which leads the tunnels of
 * HTTPS to a server with a certificate of STS.
 */
final class LoopbackCloud implements AutoCloseable {

    /**
     * What was asked.
     *
     * @param target method and URI, as in {@code GET http://100.100.100.200/x}
     */
    record Request(String target, String metadataToken, String body) {}

    /** What is answered. */
    record Answer(int status, String body) {}

    private static final char[] PASSWORD = "changeit".toCharArray();

    final List<Request> requests = new CopyOnWriteArrayList<>();

    private final ProxySelector before = ProxySelector.getDefault();
    private final HttpServer plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final HttpsServer sts = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ServerSocket tunnels = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<Request, Answer> answers;

    LoopbackCloud(Path directory, Function<Request, Answer> answers) throws IOException {
        this.answers = answers;
        Path store = certificate(directory);
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", String.valueOf(PASSWORD));
        sts.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        for (HttpServer server : List.of(plain, sts)) {
            server.createContext("/", this::answer);
            server.start();
        }
        Thread thread = new Thread(this::lead, "loopback-tunnels");
        thread.setDaemon(true);
        thread.start();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                int port = "https".equals(uri.getScheme())
                        ? tunnels.getLocalPort()
                        : plain.getAddress().getPort();
                return List.of(
                        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
    }

    /** Nothing listens there. */
    static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Every host is as good as dead from now on. */
    void cut() {
        plain.stop(0);
        sts.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String token = exchange.getRequestHeaders().getFirst("X-aliyun-ecs-metadata-token");
        Request request = new Request(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(), token == null ? "" : token, body);
        requests.add(request);
        Answer answer = answers.apply(request);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void lead() {
        while (!tunnels.isClosed()) {
            try {
                Socket client = tunnels.accept();
                Thread thread = new Thread(() -> tunnel(client), "loopback-tunnel");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void tunnel(Socket client) {
        try (client;
                Socket server = new Socket(
                        InetAddress.getLoopbackAddress(), sts.getAddress().getPort())) {
            BufferedReader head =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
            String first = head.readLine();
            String line = first;
            while (line != null && !line.isEmpty()) {
                line = head.readLine();
            }
            requests.add(new Request(first, "", ""));
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            Thread back = new Thread(() -> pump(server, client), "loopback-tunnel-back");
            back.setDaemon(true);
            back.start();
            pump(client, server);
        } catch (IOException ended) {
            // As tunnels do.
        }
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException ended) {
            // As tunnels do.
        }
    }

    private static Path certificate(Path directory) throws IOException {
        Path store = directory.resolve("sts.p12");
        if (!Files.exists(store)) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "sts",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=sts.aliyuncs.com",
                            "-ext",
                            "san=dns:sts.aliyuncs.com,dns:sts-vpc.cn-beijing.aliyuncs.com",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            String.valueOf(PASSWORD),
                            "-keystore",
                            store.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!Files.exists(store)) {
                throw new AssertionError(said);
            }
        }
        return store;
    }

    private static SSLContext context(Path store) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        ProxySelector.setDefault(before);
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
        cut();
        tunnels.close();
    }
}
