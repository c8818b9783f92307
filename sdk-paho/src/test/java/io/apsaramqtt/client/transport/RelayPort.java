package io.apsaramqtt.client.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Where clients connect to that are led to a broker by something that reads what passes. */
final class RelayPort implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /**
     * A free port of 127.0.0.1 that leads to {@code broker}.
     *
     * @param joined given the socket of the client and the one of the broker, of each connection
     */
    RelayPort(int broker, BiConsumer<Socket, Socket> joined) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> accept(broker, joined));
    }

    int number() {
        return server.getLocalPort();
    }

    /** Runs the task on a thread of its own. */
    static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(int port, BiConsumer<Socket, Socket> joined) {
        try {
            while (true) {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), port);
                for (Socket socket : List.of(client, broker)) {
                    socket.setTcpNoDelay(true);
                    sockets.add(socket);
                }
                joined.accept(client, broker);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** Passes packets on, on a thread of its own, until one may not pass or a side ends; then both are closed. */
    static void forward(Socket from, Socket to, Predicate<Packet> passes) {
        start(() -> {
            try (from;
                    to) {
                DataInputStream in = new DataInputStream(from.getInputStream());
                OutputStream out = to.getOutputStream();
                for (Packet packet = Packet.read(in); passes.test(packet); packet = Packet.read(in)) {
                    out.write(Bytes.packet(packet.first(), packet.body()).array());
                }
            } catch (IOException end) {
                // Of one of the two, and now of both.
            }
        });
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
