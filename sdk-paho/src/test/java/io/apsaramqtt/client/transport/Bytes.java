package io.apsaramqtt.client.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of a packet, put together. Immutable. */
public final class Bytes {

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    static Bytes of(byte[] array) {
        return new Bytes(array);
    }

    /** These bytes, each 0 to 255. */
    public static Bytes of(int... values) {
        byte[] array = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            array[i] = (byte) values[i];
        }
        return new Bytes(array);
    }

    /** A packet identifier. */
    public static Bytes id(int packetId) {
        return of(packetId >>> 8, packetId);
    }

    /** A text, without its length. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text after its length. */
    public static Bytes text(String text) {
        Bytes utf8 = utf8(text);
        return id(utf8.size()).and(utf8);
    }

    /** A packet with this first byte, and its length before {@code body}. */
    public static Bytes packet(int first, Bytes body) {
        Bytes packet = of(first);
        int length = body.size();
        while (length >= 0x80) {
            packet = packet.and(of((length & 0x7F) | 0x80));
            length >>>= 7;
        }
        return packet.and(of(length)).and(body);
    }

    /** These bytes and then {@code more}. */
    public Bytes and(Bytes more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(array);
        out.writeBytes(more.array);
        return new Bytes(out.toByteArray());
    }

    byte[] array() {
        return array;
    }

    int size() {
        return array.length;
    }

    int at(int index) {
        return array[index] & 0xFF;
    }

    int twoAt(int index) {
        return (at(index) << 8) | at(index + 1);
    }

    String utf8From(int index) {
        return new String(array, index, array.length - index, StandardCharsets.UTF_8);
    }

    /** Whether {@code part} stands somewhere in it. */
    public boolean contain(Bytes part) {
        return latin1().contains(part.latin1());
    }

    private String latin1() {
        return new String(array, StandardCharsets.ISO_8859_1);
    }
}
