package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.Endpoint;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between clients and a broker: notes the packets that clients send, and cuts a connection at a packet. */
final class Relay implements AutoCloseable {

    private final int port;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Packet> sent = new CopyOnWriteArrayList<>();
    private volatile int cutAt;

    /** A relay to the broker at this port of 127.0.0.1. */
    Relay(int port) {
        this.port = port;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    Endpoint endpoint() {
        return Endpoint.parse("tcp://127.0.0.1:" + server.getLocalPort());
    }

    /** What clients have sent. */
    List<Packet> sent() {
        return sent;
    }

    /** The next packet of this type, whoever sends it, is swallowed, and its connection cut. */
    void cutAt(Packet.Type type) {
        cutAt = type.first() & 0xF0;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), port);
                for (Socket socket : List.of(client, broker)) {
                    socket.setTcpNoDelay(true);
                    sockets.add(socket);
                }
                start(() -> forward(client, broker, true));
                start(() -> forward(broker, client, false));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void forward(Socket from, Socket to, boolean fromClient) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            while (true) {
                Packet packet = Packet.read(in);
                if (fromClient) {
                    sent.add(packet);
                }
                if (cutAt == (packet.first() & 0xF0)) {
                    cutAt = 0;
                    return;
                }
                out.write(Bytes.packet(packet.first(), packet.body()).array());
            }
        } catch (IOException end) {
            // Of one of the two, and now of both.
        }
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
