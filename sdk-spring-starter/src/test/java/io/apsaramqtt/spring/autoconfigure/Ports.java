package io.apsaramqtt.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports of this machine for tests. */
final class Ports {

    private static final Socket TAKEN = taken();

    /** Taken until the JVM ends, and nothing listens on it: each connection is refused. */
    static final int CLOSED = TAKEN.getLocalPort();

    private Ports() {}

    private static Socket taken() {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes connections into its backlog and never says a word. */
    static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
