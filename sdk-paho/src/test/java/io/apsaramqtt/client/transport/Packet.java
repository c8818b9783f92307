package io.apsaramqtt.client.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A packet that a client sent. */
public record Packet(int first, Bytes body) {

    /** Types of packets. */
    public enum Type {
        CONNECT(0x10),
        PUBLISH(0x30),
        PUBACK(0x40),
        PUBREC(0x50),
        PUBREL(0x62),
        PUBCOMP(0x70),
        SUBSCRIBE(0x82),
        UNSUBSCRIBE(0xA2),
        PINGREQ(0xC0),
        DISCONNECT(0xE0);

        private final int first;

        Type(int first) {
            this.first = first;
        }

        int first() {
            return first;
        }
    }

    private static final int MORE = 0x80;

    /** The next packet of a stream. */
    static Packet read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int length = 0;
        int b = MORE;
        for (int shift = 0; (b & MORE) != 0; shift += 7) {
            b = in.readUnsignedByte();
            length |= (b & 0x7F) << shift;
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new Packet(first, Bytes.of(body));
    }

    public Type type() {
        return Stream.of(Type.values())
                .filter(type -> (type.first & 0xF0) == (first & 0xF0))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No client may send this: " + Integer.toHexString(first)));
    }

    public boolean isDuplicate() {
        return (first & 8) != 0;
    }

    public int qos() {
        return (first >> 1) & 3;
    }

    public int packetId() {
        return switch (type()) {
            case PUBLISH -> qos() == 0 ? 0 : body.twoAt(2 + body.twoAt(0));
            case CONNECT, PINGREQ, DISCONNECT -> 0;
            default -> body.twoAt(0);
        };
    }

    /** Of a PUBLISH. */
    public String topic() {
        return new String(body.array(), 2, body.twoAt(0), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return type() + (type() == Type.PUBLISH ? " QoS " + qos() + (isDuplicate() ? " DUP" : "") : "") + " #"
                + packetId();
    }
}
