package io.apsaramqtt.client.transport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What a server sends: the HTTP response, as it is, then frames (RFC 6455 section 5). Each piece of a message becomes a frame of
 * its own, as MQTT asks nothing of their boundaries [MQTT-6.0.0-2]; pings and pongs are taken out. For one reader at a time.
 */
final class WebSocketFrames extends InputStream {

    private static final int FINAL = 0x80;
    private static final int OPCODE = 0x0F;
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int PING = 9;
    private static final int PONG = 10;
    /** Of what a ping carries. */
    private static final int MOST_CARRIED = 125;

    private static final int LONGEST_HEADER = 14;
    private static final int EMPTY_LINE = 0x0D0A0D0A;

    private final InputStream wire;
    private final Answer answer;
    /** Header of a frame, and what a ping carries; kept between two reads, of which one may time out in its midst. */
    private final byte[] frame = new byte[LONGEST_HEADER + MOST_CARRIED];

    private int have;
    private int given;
    /** How much of {@link #frame} is a header for the reader; 0 while it is being read. */
    private int header;
    /** What is left of the frame behind its header. */
    private long payload;

    private boolean upgraded;
    private int lastFour;

    /** Answers a ping. */
    interface Answer {
        void to(byte[] carried) throws IOException;
    }

    WebSocketFrames(InputStream wire, Answer answer) {
        this.wire = new BufferedInputStream(wire);
        this.answer = answer;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!upgraded) {
            return response(bytes, from, length);
        }
        while (given == header && payload == 0) {
            if (!next()) {
                return -1;
            }
        }
        if (given < header) {
            int some = Math.min(length, header - given);
            System.arraycopy(frame, given, bytes, from, some);
            given += some;
            return some;
        }
        int some = wire.read(bytes, from, (int) Math.min(length, payload));
        payload -= Math.max(0, some);
        return some;
    }

    /** No byte of what follows the response: the engine reads it in buffers that it throws away. */
    private int response(byte[] bytes, int from, int length) throws IOException {
        int some = 0;
        do {
            int b = wire.read();
            if (b < 0) {
                return some == 0 ? -1 : some;
            }
            bytes[from + some++] = (byte) b;
            lastFour = lastFour << 8 | b;
            upgraded = lastFour == EMPTY_LINE;
        } while (some < length && !upgraded && wire.available() > 0);
        return some;
    }

    /** Reads the header of the next frame, if it does not end here; false at the end. */
    private boolean next() throws IOException {
        if (header > 0) {
            header = 0;
            given = 0;
            have = 0;
        }
        if (!fill(2)) {
            return false;
        }
        int marked = frame[1] & 0x7F;
        int lengthBytes = marked == 127 ? 8 : marked == 126 ? 2 : 0;
        int read = 2 + lengthBytes + (frame[1] < 0 ? 4 : 0);
        if (!fill(read)) {
            return false;
        }
        int opcode = frame[0] & OPCODE;
        if ((opcode == PING || opcode == PONG) && lengthBytes == 0) {
            return taken(opcode, read, marked);
        }
        if (opcode == CONTINUATION) {
            frame[0] = (byte) (frame[0] | BINARY);
        }
        frame[0] = (byte) (frame[0] | FINAL);
        payload = lengthBytes == 0 ? marked : number(lengthBytes);
        header = read;
        return true;
    }

    private boolean taken(int opcode, int read, int carried) throws IOException {
        if (!fill(read + carried)) {
            return false;
        }
        have = 0;
        if (opcode == PING) {
            answer.to(Arrays.copyOfRange(frame, read, read + carried));
        }
        return true;
    }

    private long number(int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | Byte.toUnsignedLong(frame[2 + i]);
        }
        return number;
    }

    private boolean fill(int wanted) throws IOException {
        while (have < wanted) {
            int some = wire.read(frame, have, wanted - have);
            if (some < 0) {
                return false;
            }
            have += some;
        }
        return true;
    }

    /** May count what is taken out, so that a read that follows waits. */
    @Override
    public int available() throws IOException {
        return header - given + wire.available();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
