package io.apsaramqtt.mosquitto;

import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import io.apsaramqtt.mqtt.MqttVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * mosquitto_pub and mosquitto_sub against any broker at 127.0.0.1, without a look at its log. Each call runs a program to its
 * end. All is QoS 1.
 *
 * @param port where the broker listens
 * @param user who connects; empty for nobody
 * @param version of the protocol
 */
public record CommandLine(int port, Optional<User> user, MqttVersion version) {

    private static final String PATIENCE_SECONDS = "20";

    /**
     * How a program ended.
     *
     * @param exitCode 0 if all went well
     * @param output what it said, errors included
     */
    public record Result(int exitCode, String output) {}

    /** Publishes a text. */
    public Result publish(String topic, String text) {
        return run("mosquitto_pub", "-q", "1", "-t", topic, "-m", text);
    }

    /** Connects to a persistent session, subscribes, and leaves. */
    public Result subscribeAndLeave(String clientId, String topicFilter) {
        return subscriber(clientId, topicFilter, "-E");
    }

    /** Connects to a persistent session, subscribes, prints the next message, and leaves. */
    public Result receive(String clientId, String topicFilter) {
        return subscriber(clientId, topicFilter, "-C", "1");
    }

    private Result subscriber(String clientId, String topicFilter, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("-q", "1", "-t", topicFilter, "-i", clientId, "-c", "-W", PATIENCE_SECONDS));
        if (version == MqttVersion.V5) {
            arguments.addAll(List.of("-x", "3600"));
        }
        arguments.addAll(List.of(more));
        return run("mosquitto_sub", arguments.toArray(String[]::new));
    }

    private Result run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                MosquittoBroker.path(program),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-V",
                version == MqttVersion.V5 ? "5" : "311"));
        user.ifPresent(known -> command.addAll(List.of("-u", known.name(), "-P", known.password())));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
