package io.apsaramqtt.client.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/**
 * What a connection reads, with each packet shown to an editor before the engine gets it. Also keeps fixed headers whole:
 * Paho polls with a time-out of a second, and where one falls between the two bytes of a header it forgets the first and reads
 * rubbish from then on. Here a time-out is only passed on between packets and within the payload of a PUBLISH.
 *
 * <p>Read by one thread.
 */
public final class InboundPackets extends InputStream {

    /** First byte of a PUBLISH, without its flags. */
    public static final int PUBLISH = 0x30;

    private static final int TYPE = 0xF0;
    private static final int MORE_LENGTH = 0x80;
    private static final int LENGTH_BITS = 7;
    private static final int MAX_LENGTH_BYTES = 4;

    /** The start of a packet: its first byte and, of a PUBLISH, the topic with its length, else all that follows. */
    public static final class Head {

        private final int first;
        private final byte[] bytes;

        /** A start of a packet; {@code bytes} are not copied. */
        public Head(int first, byte[] bytes) {
            this.first = first;
            this.bytes = bytes;
        }

        /** The first byte: type and flags. */
        public int first() {
            return first;
        }

        /** What follows the length; not a copy, and not to be changed. */
        public byte[] bytes() {
            return bytes;
        }

        /** The type of the packet: its first byte without the flags. */
        public int type() {
            return first & TYPE;
        }
    }

    /** Sees, and may replace, the start of each packet. */
    @FunctionalInterface
    public interface Editor {

        /** What the engine gets instead of {@code head}; {@code head} itself to change nothing. */
        Head edit(Head head);
    }

    private final InputStream in;
    private final Editor editor;
    private byte[] ready = {};
    private int next;
    private int rest;

    /** Packets from {@code in}. */
    public InboundPackets(InputStream in, Editor editor) {
        this.in = in;
        this.editor = editor;
    }

    @Override
    public int read() throws IOException {
        if (next == ready.length && rest == 0 && !readHead()) {
            return -1;
        }
        if (next < ready.length) {
            return ready[next++] & 0xFF;
        }
        int b = in.read();
        if (b >= 0) {
            rest--;
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == ready.length && rest == 0 && !readHead()) {
            return -1;
        }
        if (next < ready.length) {
            int count = Math.min(length, ready.length - next);
            System.arraycopy(ready, next, bytes, from, count);
            next += count;
            return count;
        }
        int count = in.read(bytes, from, Math.min(length, rest));
        rest -= Math.max(count, 0);
        return count;
    }

    @Override
    public int available() throws IOException {
        return ready.length - next + in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** False at the end of the stream. */
    private boolean readHead() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        int length = readLength();
        byte[] bytes = (first & TYPE) == PUBLISH ? readTopic(length) : readFully(new byte[length], 0);
        rest = length - bytes.length;
        Head head = editor.edit(new Head(first, bytes));
        ready = encode(head, rest);
        next = 0;
        return true;
    }

    private int readLength() throws IOException {
        int length = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES; i++) {
            int b = readOn();
            length |= (b & (MORE_LENGTH - 1)) << (LENGTH_BITS * i);
            if ((b & MORE_LENGTH) == 0) {
                return length;
            }
        }
        throw new IOException("The length of a packet takes more than " + MAX_LENGTH_BYTES + " bytes");
    }

    /** The length and the bytes of the topic; less, if the packet is too short for it. */
    private byte[] readTopic(int length) throws IOException {
        byte[] size = readFully(new byte[Math.min(length, 2)], 0);
        if (size.length < 2) {
            return size;
        }
        int topic = ((size[0] & 0xFF) << 8) | (size[1] & 0xFF);
        return readFully(Arrays.copyOf(size, Math.min(length, 2 + topic)), 2);
    }

    private byte[] readFully(byte[] bytes, int from) throws IOException {
        int at = from;
        while (at < bytes.length) {
            try {
                int count = in.read(bytes, at, bytes.length - at);
                if (count < 0) {
                    throw new EOFException();
                }
                at += count;
            } catch (SocketTimeoutException notYet) {
                // The rest of it comes, or the end of the connection.
            }
        }
        return bytes;
    }

    private int readOn() throws IOException {
        return readFully(new byte[1], 0)[0] & 0xFF;
    }

    private static byte[] encode(Head head, int rest) {
        byte[] encoded = new byte[1 + MAX_LENGTH_BYTES + head.bytes().length];
        int at = 0;
        encoded[at++] = (byte) head.first();
        int length = head.bytes().length + rest;
        while (length >= MORE_LENGTH) {
            encoded[at++] = (byte) ((length & (MORE_LENGTH - 1)) | MORE_LENGTH);
            length >>>= LENGTH_BITS;
        }
        encoded[at++] = (byte) length;
        System.arraycopy(head.bytes(), 0, encoded, at, head.bytes().length);
        return Arrays.copyOf(encoded, at + head.bytes().length);
    }
}
