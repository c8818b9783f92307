package io.apsaramqtt.mosquitto;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Mosquitto on a free port of 127.0.0.1, with a folder of its own. Where it is not installed, tests are skipped with
 * one loud line, or fail if the system property {@code apsara.test.mosquitto} says {@code required}.
 */
public final class MosquittoBroker implements AutoCloseable {

    private static final List<Path> FOLDERS = Stream.concat(
                    Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                    Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList();

    private final Path folder;
    private final int port;
    private final MosquittoProcess process;

    private MosquittoBroker(Path folder, int port, MosquittoProcess process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Skips the test where a program of Mosquitto is missing, or fails it where that is not allowed. */
    public static void require(String... programs) {
        List<String> missing =
                Stream.of(programs).filter(program -> find(program).isEmpty()).toList();
        if (missing.isEmpty()) {
            return;
        }
        if ("required".equals(System.getProperty("apsara.test.mosquitto"))) {
            throw new AssertionError(missing + " not found in " + FOLDERS
                    + ", and apsara.test.mosquitto is 'required'. Install mosquitto and mosquitto-clients");
        }
        String line = "######## SKIPPED: no " + missing
                + " on this machine, so nothing was tried on a real Mosquitto ########";
        System.err.println(line);
        Assumptions.abort(line);
    }

    /** Where a program is. */
    public static Optional<Path> find(String program) {
        return FOLDERS.stream()
                .map(path -> path.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String path(String program) {
        return find(program)
                .orElseThrow(() -> new AssertionError(program + " is not installed"))
                .toString();
    }

    /** A Mosquitto that knows these users and has these further lines of configuration. */
    public static MosquittoBroker start(List<User> users, String... configuration) {
        require("mosquitto", "mosquitto_passwd");
        try {
            Path folder = Files.createTempDirectory("apsara-mqtt-mosquitto");
            Path passwords = folder.resolve("passwords");
            Files.createFile(passwords);
            for (User user : users) {
                run(path("mosquitto_passwd"), "-b", passwords.toString(), user.name(), user.password());
            }
            List<String> lines = new ArrayList<>(List.of(configuration));
            lines.add(0, "allow_anonymous " + users.isEmpty());
            if (!users.isEmpty()) {
                lines.add(0, "password_file " + passwords);
            }
            return start(folder, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Mosquitto with these lines of configuration alone. */
    static MosquittoBroker start(Path folder, List<String> configuration) throws IOException {
        int port = freePort();
        List<String> lines = new ArrayList<>(configuration);
        // Started by root it would become a user who may not read the folder.
        lines.add("user " + System.getProperty("user.name"));
        lines.add("max_queued_messages 10000");
        // Its log tells when a client of its own is subscribed, which the client itself keeps in a buffer.
        lines.add("log_dest stderr");
        lines.add("log_type all");
        lines.add("listener " + port + " 127.0.0.1");
        Files.write(folder.resolve("mosquitto.conf"), lines);
        return new MosquittoBroker(folder, port, MosquittoProcess.start(folder, port));
    }

    private static int freePort() throws IOException {
        return freePorts(1).get(0);
    }

    /** So many ports that are free now, all different. */
    static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket each : sockets) {
                each.close();
            }
        }
    }

    static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(List.of(command) + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Waits until the log says so. */
    void awaitLog(String words) {
        Awaitility.await()
                .until(() -> Files.readString(folder.resolve("mosquitto.log")).contains(words));
    }

    /** The port at 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Where clients connect to. */
    public String endpoint() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Stops it and deletes its folder. */
    @Override
    public void close() {
        try {
            process.close();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A Mosquitto that writes its sessions and messages into its folder when it is terminated, and reads them when it is
     * started again. When it is killed they are lost.
     */
    public static MosquittoBroker startPersistent(List<User> users, String... configuration) {
        List<String> lines = new ArrayList<>(List.of(configuration));
        lines.add("persistence true");
        return start(users, lines.toArray(String[]::new));
    }

    /** Ends it as a shutdown does (SIGTERM), and waits for the end. The port stays reserved. */
    public void terminate() {
        process.terminate();
    }

    /** Ends it as a crash does (SIGKILL), and waits for the end. The port stays reserved. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on the same port, folder and configuration, after a {@link #terminate()} where it still runs. */
    public void restart() {
        process.restart();
    }

    /** Freezes it (SIGSTOP): connections stay open, new ones are taken by the system, nothing is answered. */
    public void suspend() {
        process.suspend();
    }

    /** Lets it go on (SIGCONT). */
    public void resume() {
        process.resume();
    }

    /** Someone whom the broker knows. */
    public record User(String name, String password) {}
}
