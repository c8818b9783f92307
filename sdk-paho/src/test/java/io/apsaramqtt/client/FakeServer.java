package io.apsaramqtt.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that listens and is no broker. */
final class FakeServer implements AutoCloseable {

    /** What is done with each connection. */
    @FunctionalInterface
    private interface Manners {
        void receive(Socket socket) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch connected = new CountDownLatch(1);

    private FakeServer(Manners manners) throws IOException {
        Thread thread = new Thread(() -> accept(manners), "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Manners manners) {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                connected.countDown();
                manners.receive(socket);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** Takes connections and says nothing. */
    static FakeServer silent() throws IOException {
        return new FakeServer(socket -> {});
    }

    /** Closes each connection at once. */
    static FakeServer closing() throws IOException {
        return new FakeServer(Socket::close);
    }

    /** Says this to whoever has sent something, and closes. */
    static FakeServer saying(byte[] bytes) throws IOException {
        return new FakeServer(socket -> {
            int first = socket.getInputStream().read();
            if (first >= 0) {
                socket.getOutputStream().write(bytes);
            }
            socket.shutdownOutput();
        });
    }

    /** A port on which nothing listens. */
    static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return server.getLocalPort();
    }

    String endpoint() {
        return "tcp://127.0.0.1:" + port();
    }

    void awaitConnection() {
        try {
            if (!connected.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("Nobody connected");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
