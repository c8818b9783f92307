package io.apsaramqtt.spring;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Mosquitto on a free port of 127.0.0.1 that lets anyone in. Where it is not installed, tests are skipped, or fail if the
 * system property {@code apsara.test.mosquitto} says {@code required}.
 */
final class Mosquitto implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final Process process;

    private Mosquitto(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static Mosquitto start() {
        Path program = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
                .map(path -> Path.of(path).resolve("mosquitto"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(Mosquitto::missing);
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory("apsara-mqtt-spring");
            Path configuration = Files.write(
                    folder.resolve("mosquitto.conf"),
                    List.of("allow_anonymous true", "log_dest none", "listener " + port + " 127.0.0.1"));
            Process process = new ProcessBuilder(program.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("mosquitto.log").toFile())
                    .start();
            Awaitility.await()
                    .failFast("Mosquitto ended, see " + folder, () -> !process.isAlive())
                    .until(() -> isListening(port));
            return new Mosquitto(folder, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Path missing() {
        if ("required".equals(System.getProperty("apsara.test.mosquitto"))) {
            throw new AssertionError("mosquitto not found, and apsara.test.mosquitto is 'required'");
        }
        String line = "######## SKIPPED: no mosquitto on this machine ########";
        System.err.println(line);
        return Assumptions.abort(line);
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String endpoint() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        for (String file : List.of("mosquitto.conf", "mosquitto.log", "")) {
            folder.resolve(file).toFile().delete();
        }
    }
}
