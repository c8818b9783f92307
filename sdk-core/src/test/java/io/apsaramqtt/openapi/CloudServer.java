package io.apsaramqtt.openapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on this machine that answers by action as a test tells it to, and keeps what it was asked. */
final class CloudServer implements AutoCloseable {

    /** What a test has it answer. */
    @FunctionalInterface
    interface Action {
        Answer answer(Request request);
    }

    record Answer(int status, String body, Map<String, String> headers) {
        static Answer ok(String body) {
            return new Answer(200, body, Map.of());
        }

        static Answer refused(int status, String code, String message) {
            return new Answer(
                    status,
                    "{\"RequestId\":\"R-1\",\"HostId\":\"ram.aliyuncs.com\",\"Code\":\"" + code + "\",\"Message\":\""
                            + message + "\"}",
                    Map.of());
        }
    }

    record Request(String action, Map<String, String> headers, Map<String, String> parameters) {
        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Action> actions = new ConcurrentHashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    CloudServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    CloudServer on(String action, Action answer) {
        actions.put(action, answer);
        return this;
    }

    CloudServer on(String action, String body) {
        return on(action, request -> Answer.ok(body));
    }

    /** Runs something before the answer that it has so far. */
    CloudServer before(String action, Runnable task) {
        actions.computeIfPresent(action, (name, known) -> request -> {
            task.run();
            return known.answer(request);
        });
        return this;
    }

    List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    List<String> actions() {
        return requests().stream().map(Request::action).toList();
    }

    long count(String action) {
        return actions().stream().filter(action::equals).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            Map<String, String> parameters = new TreeMap<>();
            read(exchange.getRequestURI().getRawQuery(), parameters);
            read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), parameters);
            Request request = new Request(headers.getOrDefault("x-acs-action", ""), headers, parameters);
            requests.add(request);
            Action action = actions.getOrDefault(
                    request.action(), asked -> Answer.refused(404, "InvalidAction.NotFound", "no such action"));
            Answer answer = action.answer(request);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void read(String form, Map<String, String> into) {
        if (form == null || form.isEmpty()) {
            return;
        }
        for (String parameter : form.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            into.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
