package io.apsaramqtt.test.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.apsaramqtt.test.cloud.CloudFault.Effect;
import io.apsaramqtt.test.cloud.wire.Json;
import io.apsaramqtt.test.cloud.wire.WireRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, which also does to the answers what the faults want. None of its threads keeps the JVM alive. */
final class CloudServer {

    private static final Logger LOG = LoggerFactory.getLogger(CloudServer.class);

    /** The JDK's server sends headers and body apart: without this property each answer waits 40 ms for an acknowledgement. */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final CloudService service;
    private final Faults faults;
    private final CloudRequests requests;

    CloudServer(int port, CloudService service, Faults faults, CloudRequests requests) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        this.threads = Executors.newCachedThreadPool(task -> daemon("fake-alibaba-cloud", task));
        this.service = service;
        this.faults = faults;
        this.requests = requests;
    }

    /** The server's own thread is a daemon if its starter is. */
    void start() {
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        Thread starter = daemon("fake-alibaba-cloud-start", server::start);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the fake cloud was starting", e);
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return server.getAddress().getPort();
    }

    void stop() {
        faults.heal();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.arrived();
        try (exchange) {
            CloudAnswer answer = service.answer(read(exchange));
            send(exchange, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A defect of the fake: without this line its test would only see a connection that ends.
            LOG.error("The fake cloud could not answer {}", exchange.getRequestMethod(), e);
        } finally {
            requests.left();
        }
    }

    private static WireRequest read(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return new WireRequest(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    private void send(HttpExchange exchange, CloudAnswer answer) throws IOException, InterruptedException {
        Effect effect = answer.fault().map(TakenFault::effect).orElse(null);
        byte[] body = body(answer, effect);
        if (answer.fault().isPresent()) {
            answer.fault().get().pause();
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=utf-8");
        exchange.sendResponseHeaders(answer.status(), body.length);
        // Closing before all is written ends the connection.
        exchange.getResponseBody().write(body, 0, effect == Effect.Broken.CUT ? body.length / 2 : body.length);
        exchange.getResponseBody().flush();
    }

    private static byte[] body(CloudAnswer answer, @Nullable Effect effect) {
        Map<String, Object> members = new LinkedHashMap<>(answer.members());
        if (effect instanceof Effect.Padding padding) {
            members.put("Padding", "x".repeat(padding.bytes()));
        }
        byte[] body = Json.write(members);
        return effect == Effect.Broken.TRUNCATED ? Arrays.copyOf(body, body.length / 2) : body;
    }
}
