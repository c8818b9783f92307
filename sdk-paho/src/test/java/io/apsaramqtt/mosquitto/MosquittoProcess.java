package io.apsaramqtt.mosquitto;

import io.apsaramqtt.faults.PortReservation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program itself: it ends in several ways and starts again on the same port, with the same folder. */
final class MosquittoProcess {

    private static final int PATIENCE_SECONDS = 20;

    private final Path folder;
    private final PortReservation port;
    private Process process;
    private boolean suspended;

    private MosquittoProcess(Path folder, int port) {
        this.folder = folder;
        this.port = PortReservation.of(port);
        this.process = launch();
    }

    /** A running Mosquitto with the {@code mosquitto.conf} in this folder, which listens on this port. */
    static MosquittoProcess start(Path folder, int port) {
        MosquittoProcess started = new MosquittoProcess(folder, port);
        started.awaitListening();
        return started;
    }

    private Process launch() {
        try {
            // What it persists, it writes to where it is.
            return new ProcessBuilder(MosquittoBroker.path("mosquitto"), "-c", folder + "/mosquitto.conf")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.appendTo(folder.resolve("mosquitto.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        Process started = process;
        Awaitility.await()
                .failFast("Mosquitto ended, see " + folder, () -> !started.isAlive())
                .until(this::isListening);
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port()), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGTERM, and waits for its end. */
    void terminate() {
        resume();
        process.destroy();
        awaitEnd();
    }

    /** SIGKILL, and waits for its end. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
        suspended = false;
    }

    /** SIGSTOP: connections stay open, nothing is answered. */
    void suspend() {
        signal("-STOP");
        suspended = true;
    }

    /** SIGCONT, where it was suspended. */
    void resume() {
        if (suspended) {
            signal("-CONT");
            suspended = false;
        }
    }

    /** Ends it, where it runs, and starts it again. */
    void restart() {
        terminate();
        process = launch();
        awaitListening();
    }

    /** Ends it and gives its port back. */
    void close() {
        try {
            terminate();
        } finally {
            process.destroyForcibly();
            port.close();
        }
    }

    private void signal(String signal) {
        try {
            MosquittoBroker.run("kill", signal, String.valueOf(process.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Mosquitto does not end, see " + folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
