package io.apsaramqtt.client.transport;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds back what a connection reads, and its end, until it has written. Paho's connecting thread starts three others and
 * polls until it sees each of them run: if the broker, or this side, closes the connection meanwhile, one has ended before
 * it was seen and the poll never ends. The first packet is written after all that.
 *
 * <p>Thread-safe.
 */
public final class StartGate {

    /** Three polls of 100 ms, and a machine that is busy. */
    private static final long LONGEST_START_MILLIS = 5_000;

    private final CountDownLatch written = new CountDownLatch(1);
    private boolean started;
    private boolean ended;

    /** A gate for one connection. */
    public StartGate() {}

    /** The network connection stands; throws if this side has ended it already. */
    public synchronized void started() throws IOException {
        if (ended) {
            throw new IOException("Closed while connecting");
        }
        started = true;
    }

    /** This side is about to end the connection: waits until that is safe, a few hundred milliseconds at most. */
    public void end() {
        synchronized (this) {
            ended = true;
            if (!started) {
                return;
            }
        }
        try {
            written.await(LONGEST_START_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the connection reads. */
    public InputStream reading(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                awaitWritten();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                awaitWritten();
                return super.read(bytes, from, length);
            }
        };
    }

    private void awaitWritten() throws IOException {
        try {
            written.await(LONGEST_START_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while connecting");
        }
    }

    /** What the connection writes. */
    public OutputStream writing(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                try {
                    out.write(b);
                } finally {
                    written.countDown();
                }
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                try {
                    out.write(bytes, from, length);
                } finally {
                    written.countDown();
                }
            }
        };
    }
}
