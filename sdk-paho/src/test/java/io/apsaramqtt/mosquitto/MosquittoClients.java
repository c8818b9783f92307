package io.apsaramqtt.mosquitto;

import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The command line clients of Mosquitto, which share no code with the SDK. */
final class MosquittoClients {

    private static final AtomicInteger SUBSCRIBERS = new AtomicInteger();

    private final MosquittoBroker broker;
    private final User user;
    private final String version;

    MosquittoClients(MosquittoBroker broker, User user, MqttVersion version) {
        this.broker = broker;
        this.user = user;
        this.version = version == MqttVersion.V5 ? "5" : "311";
    }

    private List<String> command(String program, String topic, Qos qos) {
        return new ArrayList<>(List.of(
                MosquittoBroker.path(program),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(broker.port()),
                "-u",
                user.name(),
                "-P",
                user.password(),
                "-V",
                version,
                "-q",
                String.valueOf(qos.code()),
                "-t",
                topic));
    }

    /** mosquitto_pub with this payload, byte for byte. */
    void publish(String topic, Qos qos, byte[] payload, String... more) throws IOException {
        Path file = Files.createTempFile("payload", ".bin");
        try {
            Files.write(file, payload);
            List<String> command = command("mosquitto_pub", topic, qos);
            command.addAll(List.of(more));
            if (payload.length == 0) {
                command.add("-n");
            } else {
                command.addAll(List.of("-f", file.toString()));
            }
            MosquittoBroker.run(command.toArray(String[]::new));
        } finally {
            Files.delete(file);
        }
    }

    /** mosquitto_sub, already subscribed, that ends after one message: topic, QoS, length and bytes in hexadecimal. */
    Subscriber subscribe(String topic, Qos qos) throws IOException {
        return subscribe(topic, qos, "%t %q %l %x");
    }

    /** mosquitto_sub, already subscribed, that ends after one message, printed in this format. */
    Subscriber subscribe(String topic, Qos qos, String format) throws IOException {
        String id = "mosquitto-sub-" + SUBSCRIBERS.incrementAndGet();
        List<String> command = command("mosquitto_sub", topic, qos);
        command.addAll(List.of("-i", id, "-C", "1", "-F", format));
        Subscriber subscriber = new Subscriber(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        broker.awaitLog("Sending SUBACK to " + id);
        return subscriber;
    }

    /** A running mosquitto_sub. */
    record Subscriber(Process process) implements AutoCloseable {

        /** All that it says, which is one line, when it has ended. */
        CompletableFuture<String> said() {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
