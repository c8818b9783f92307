package io.apsaramqtt.client.transport;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes of WebSocket what Paho understands, which knows whole binary frames and closing ones, and takes all others for the end:
 * a message in pieces becomes whole frames, and pings, by which brokers and what stands before them find dead connections, are
 * answered here. Thread-safe.
 */
final class WebSocketLayer implements SocketLayer {

    private static final int PONG = 0x8A;
    private static final int MASKED = 0x80;
    private static final int MASK_LENGTH = 4;
    private static final SecureRandom MASKS = new SecureRandom();

    private @Nullable InputStream in;
    private @Nullable OutputStream out;

    @Override
    public synchronized InputStream in(InputStream wire) {
        InputStream known = in;
        if (known == null) {
            known = new WebSocketFrames(wire, this::pong);
            in = known;
        }
        return known;
    }

    @Override
    public synchronized OutputStream out(OutputStream wire) {
        OutputStream known = out;
        if (known == null) {
            known = new WholeWrites(wire);
            out = known;
        }
        return known;
    }

    /** Answers a ping with what it carried, masked as all that a client sends (RFC 6455 sections 5.3 and 5.5.3). */
    private void pong(byte[] carried) throws IOException {
        OutputStream to;
        synchronized (this) {
            to = out;
        }
        if (to == null) {
            return;
        }
        byte[] mask = new byte[MASK_LENGTH];
        MASKS.nextBytes(mask);
        byte[] frame = new byte[2 + MASK_LENGTH + carried.length];
        frame[0] = (byte) PONG;
        frame[1] = (byte) (MASKED | carried.length);
        System.arraycopy(mask, 0, frame, 2, MASK_LENGTH);
        for (int i = 0; i < carried.length; i++) {
            frame[2 + MASK_LENGTH + i] = (byte) (carried[i] ^ mask[i % MASK_LENGTH]);
        }
        to.write(frame, 0, frame.length);
        to.flush();
    }

    /** Paho writes a frame at once, on another thread than a pong: none may come into the midst of the other. */
    private static final class WholeWrites extends FilterOutputStream {

        WholeWrites(OutputStream wire) {
            super(wire);
        }

        @Override
        public synchronized void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public synchronized void flush() throws IOException {
            out.flush();
        }
    }
}
