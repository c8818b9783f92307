package io.apsaramqtt.client.transport;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a broker, and reads what passes: between the PUBLISH that uploads a token and its PUBACK a client
 * must send no PUBLISH, SUBSCRIBE or UNSUBSCRIBE.
 */
public final class UploadRelay implements AutoCloseable {

    private static final int PUBLISH = 0x30;
    private static final int PUBACK = 0x40;
    private static final int SUBSCRIBE = 0x80;
    private static final int UNSUBSCRIBE = 0xA0;

    private final int port;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger uploads = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();

    /** The packet identifier of the upload that waits for its PUBACK on a connection; 0 for none. */
    private record Connection(AtomicInteger pending) {}

    /** A relay to the broker at this port of 127.0.0.1. */
    public UploadRelay(int port) {
        this.port = port;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public String endpoint() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** What left while an upload waited for its PUBACK. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** How many tokens were uploaded. */
    public int uploads() {
        return uploads.get();
    }

    /** How many other messages were published. */
    public int messages() {
        return messages.get();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "upload-relay");
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
                Connection connection = new Connection(new AtomicInteger());
                start(() -> forward(client, broker, connection, true));
                start(() -> forward(broker, client, connection, false));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void forward(Socket from, Socket to, Connection connection, boolean fromClient) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            DataOutputStream out = new DataOutputStream(to.getOutputStream());
            while (true) {
                int first = in.readUnsignedByte();
                List<Byte> length = new ArrayList<>();
                byte[] body = new byte[length(in, length)];
                in.readFully(body);
                if (fromClient) {
                    sent(first, body, connection);
                } else {
                    answered(first, body, connection);
                }
                byte[] whole = new byte[1 + length.size() + body.length];
                whole[0] = (byte) first;
                for (int i = 0; i < length.size(); i++) {
                    whole[1 + i] = length.get(i);
                }
                System.arraycopy(body, 0, whole, 1 + length.size(), body.length);
                out.write(whole);
            }
        } catch (IOException end) {
            // Of one of the two, and now of both.
        }
    }

    private static int length(DataInputStream in, List<Byte> read) throws IOException {
        int length = 0;
        int b = 0x80;
        for (int shift = 0; (b & 0x80) != 0; shift += 7) {
            b = in.readUnsignedByte();
            read.add((byte) b);
            length |= (b & 0x7F) << shift;
        }
        return length;
    }

    private void sent(int first, byte[] body, Connection connection) {
        int type = first & 0xF0;
        String topic = type == PUBLISH ? topic(body) : "";
        if (topic.equals("$SYS/uploadToken")) {
            uploads.incrementAndGet();
            if (!connection.pending().compareAndSet(0, packetId(body, 2 + topic.length()))) {
                violations.add("an upload before the last was acknowledged");
            }
        } else if (type == PUBLISH || type == SUBSCRIBE || type == UNSUBSCRIBE) {
            messages.incrementAndGet();
            if (connection.pending().get() != 0) {
                violations.add("packet " + Integer.toHexString(first) + " " + topic + " during an upload");
            }
        }
    }

    private static void answered(int first, byte[] body, Connection connection) {
        if ((first & 0xF0) == PUBACK) {
            connection.pending().compareAndSet(packetId(body, 0), 0);
        }
    }

    private static String topic(byte[] body) {
        int length = packetId(body, 0);
        return new String(body, 2, length, StandardCharsets.UTF_8);
    }

    private static int packetId(byte[] body, int at) {
        return ((body[at] & 0xFF) << 8) | (body[at + 1] & 0xFF);
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
