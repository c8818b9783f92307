package io.apsaramqtt.client.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a broker and speaks WebSocket (RFC 6455) with its clients, in a way that is allowed and seldom: each message comes
 * in pieces of a few bytes, with a ping between them.
 */
public final class WebSocketRelay implements AutoCloseable {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int FINAL = 0x80;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int PIECE = 3;

    private final RelayPort port;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger pings = new AtomicInteger();
    private final List<String> pongs = new CopyOnWriteArrayList<>();

    /** A relay to the broker at this port of 127.0.0.1. */
    public WebSocketRelay(int port) {
        this.port = new RelayPort(port, (client, broker) -> {
            connections.incrementAndGet();
            RelayPort.start(() -> fromClient(client, broker));
        });
    }

    public String endpoint() {
        return "ws://127.0.0.1:" + port.number();
    }

    /** How many connections were made. */
    public int connections() {
        return connections.get();
    }

    /** How many pings were sent. */
    public int pings() {
        return pings.get();
    }

    /** What the answers to pings carried. */
    public List<String> pongs() {
        return List.copyOf(pongs);
    }

    private void fromClient(Socket client, Socket broker) {
        try (client;
                broker) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            upgrade(in, client.getOutputStream());
            RelayPort.start(() -> fromBroker(broker, client));
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0F;
                int length = in.readUnsignedByte() & 0x7F;
                length = length == 126 ? in.readUnsignedShort() : length;
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i % 4];
                }
                if (opcode == PONG) {
                    pongs.add(new String(payload, StandardCharsets.US_ASCII));
                } else if (opcode == CLOSE) {
                    return;
                } else {
                    broker.getOutputStream().write(payload);
                }
            }
        } catch (IOException end) {
            // Of one of the two, and now of both.
        }
    }

    private void fromBroker(Socket broker, Socket client) {
        try (client;
                broker) {
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[4_096];
            for (int some = broker.getInputStream().read(buffer);
                    some >= 0;
                    some = broker.getInputStream().read(buffer)) {
                for (int at = 0; at < some; at += PIECE) {
                    int piece = Math.min(PIECE, some - at);
                    frame(out, (at == 0 ? BINARY : 0) | (at + piece == some ? FINAL : 0), buffer, at, piece);
                    byte[] number = Integer.toString(pings.getAndIncrement()).getBytes(StandardCharsets.US_ASCII);
                    frame(out, FINAL | PING, number, 0, number.length);
                }
            }
        } catch (IOException end) {
            // Of one of the two, and now of both.
        }
    }

    private static void frame(OutputStream out, int first, byte[] bytes, int from, int length) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(length);
        frame.write(bytes, from, length);
        out.write(frame.toByteArray());
    }

    private static void upgrade(DataInputStream in, OutputStream out) throws IOException {
        String key = "";
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
                key = line.substring(18).trim();
            }
        }
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accepted(key) + "\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().trim();
    }

    private static String accepted(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        port.close();
    }
}
