package io.apsaramqtt.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port of 127.0.0.1 that can be closed and opened again, as the same. Thread-safe. */
final class ProxyPort implements AutoCloseable {

    private static final int BACKLOG = 200;

    /** Bound, never listening: while the port is closed, no other program and no client's own end of a connection takes it. */
    private final Socket reservation = new Socket();

    private final Consumer<Socket> visitor;
    private final int number;
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;

    /** A free port, not open yet. */
    ProxyPort(Consumer<Socket> visitor) throws IOException {
        this.visitor = visitor;
        reservation.setReuseAddress(true);
        reservation.bind(new InetSocketAddress(loopback(), 0));
        this.number = reservation.getLocalPort();
        if (!isOpenToItsOwner()) {
            reservation.close();
        }
    }

    /** Not every system lets a listener share a port with its reservation. */
    private boolean isOpenToItsOwner() {
        try {
            listen(number).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    }

    int number() {
        return number;
    }

    synchronized void open() throws IOException {
        if (listener == null) {
            ServerSocket opened = listen(number);
            listener = opened;
            acceptor = BadNetwork.daemon("fault-proxy-" + number, () -> accept(opened));
        }
    }

    private void accept(ServerSocket opened) {
        try {
            while (true) {
                visitor.accept(opened.accept());
            }
        } catch (IOException e) {
            // The port was closed.
        }
    }

    /** Whoever is let in was let in before this returns. */
    synchronized void shut() throws IOException {
        if (listener != null && acceptor != null) {
            listener.close();
            // Until it has left accept(), the system lets the port listen.
            awaitEnd(acceptor);
            listener = null;
        }
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        shut();
        reservation.close();
    }
}
