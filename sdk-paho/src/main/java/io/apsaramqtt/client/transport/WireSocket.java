package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.proxy.ProxySettings;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;

/**
 * The TCP connection below TLS. A server that refuses the client says why in an alert and hangs up, often before the client
 * has written all it had to; the write then fails ("Broken pipe") and the JDK never reads the alert. Until the peer is proven,
 * a failed write is therefore kept quiet: the read that follows finds the alert, or fails as the write did.
 */
final class WireSocket extends RoutedSocket {

    /** A record of TLS that holds an alert in the clear. */
    private static final int ALERT_LENGTH = 7;

    private volatile long received;
    private volatile boolean proven;
    private volatile boolean broken;

    WireSocket() {
        super(SocketLayer.none());
    }

    WireSocket(ProxySettings proxy) {
        super(proxy, SocketLayer.none());
    }

    /** Whether the server sent more than an alert. */
    boolean hasAnswered() {
        return received > ALERT_LENGTH;
    }

    /** The server sent something through TLS: it has accepted the client. */
    void prove() {
        proven = true;
    }

    boolean isProven() {
        return proven;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                return count(super.read(), 1);
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int read = super.read(bytes, from, length);
                return count(read, read);
            }
        };
    }

    // One thread reads at a time: the JDK locks.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private int count(int read, int bytes) {
        if (read >= 0) {
            received += bytes;
        }
        return read;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (broken && !proven) {
                    return;
                }
                try {
                    out.write(bytes, from, length);
                } catch (SocketException e) {
                    if (proven) {
                        throw e;
                    }
                    broken = true;
                }
            }
        };
    }
}
