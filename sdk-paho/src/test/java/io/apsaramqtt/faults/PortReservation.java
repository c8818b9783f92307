package io.apsaramqtt.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Keeps a port of 127.0.0.1 for one program while it is not listening, from others and from clients' own ends of
 * connections: who connects again and again to a free port is once given that port, and then talks to itself.
 */
public final class PortReservation implements AutoCloseable {

    private final int port;

    /** Bound, never listening: the system lets a listener join it, and nobody else. */
    private final Socket socket = new Socket();

    private PortReservation(int wanted) throws IOException {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        port = socket.getLocalPort();
        if (!isOpenToItsOwner()) {
            socket.close();
        }
    }

    /** Not every system lets a listener share a port with its reservation. */
    private boolean isOpenToItsOwner() {
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A free port. */
    public static PortReservation ofFreePort() {
        return of(0);
    }

    /** This port. */
    public static PortReservation of(int port) {
        try {
            return new PortReservation(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of the port. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
