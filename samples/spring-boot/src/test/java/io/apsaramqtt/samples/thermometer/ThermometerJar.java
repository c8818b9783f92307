package io.apsaramqtt.samples.thermometer;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar, started as a user starts it, and called over HTTP. Not thread-safe. */
final class ThermometerJar implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Thread reader = new Thread(this::read, "output-of-the-jar");
    private final HttpClient http = HttpClient.newHttpClient();

    private ThermometerJar(Process process) {
        this.process = process;
        reader.start();
    }

    static ThermometerJar start(EmbeddedApsaraMqtt broker, AccessKey key, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "thermometer.jar").toString(),
                "--server.port=0",
                "--server.address=127.0.0.1");
        builder.command().addAll(List.of(arguments));
        builder.environment().put("MQTT_ENDPOINT", broker.endpoint());
        builder.environment().put("MQTT_INSTANCE_ID", broker.instanceId());
        builder.environment().put("ALIBABA_CLOUD_ACCESS_KEY_ID", key.id());
        builder.environment().put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", key.secret());
        return new ThermometerJar(builder.redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    port.complete(Integer.valueOf(started.group(1)));
                }
            }
        } catch (IOException e) {
            said.add(e.toString());
        }
        port.completeExceptionally(new AssertionError("The application has ended; it said:\n" + said()));
    }

    HttpResponse<String> get(String path) {
        return call(request(path).GET().build());
    }

    HttpResponse<String> post(String path, String json) {
        return call(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.join() + path))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> call(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends it as a user does, and returns all that it said. */
    String stop() throws InterruptedException {
        process.toHandle().destroy();
        process.waitFor();
        reader.join();
        return said();
    }

    private String said() {
        return String.join("\n", said);
    }

    /** How it ended by itself. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
