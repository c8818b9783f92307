package io.apsaramqtt.soak;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.mqtt.ClientId;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real Mosquitto, a process of its own, which keeps sessions while it runs. */
record MosquittoBroker(Path folder, int port, Process process) implements SoakBroker {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static boolean isInstalled() {
        return program().isPresent();
    }

    private static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
                .filter(each -> !each.isEmpty())
                .map(each -> Path.of(each, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static MosquittoBroker start() {
        Path program = program().orElseThrow(() -> new IllegalStateException("Program [mosquitto] is not installed"));
        try {
            Path folder = Files.createTempDirectory("apsara-mqtt-soak");
            int port = freePort();
            Path configuration = folder.resolve("mosquitto.conf");
            Files.write(
                    configuration,
                    List.of(
                            "allow_anonymous true",
                            // Started by root it would become a user who may not read the folder.
                            "user " + System.getProperty("user.name"),
                            // Of more than these in flight at QoS 2, it forgets some on MQTT 3.1.1.
                            "max_inflight_messages 100",
                            "max_queued_messages 10000",
                            // Else an acknowledgement behind another waits 40 ms for that of TCP.
                            "set_tcp_nodelay true",
                            "listener " + port + " 127.0.0.1"));
            Process process = new ProcessBuilder(program.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("mosquitto.log").toFile())
                    .start();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .failFast("Mosquitto ended, see " + folder, () -> !process.isAlive())
                    .until(() -> isListening(port));
            return new MosquittoBroker(folder, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public ApsaraMqttClientBuilder client(String deviceId) {
        return ApsaraMqttClient.builder().clientId(ClientId.of(deviceId)).authentication(Authentication.anonymous());
    }

    @Override
    public String name() {
        return "Mosquitto";
    }

    /** Stops it and deletes its folder. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toFile).forEach(File::delete);
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
