package io.apsaramqtt.client.transport;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A TLS socket that is created before it is connected, as engines do: TLS begins on top of a connection that may lead through
 * a proxy. It explains why a handshake failed, also where a TLS 1.3 server says so only afterwards: until the first byte
 * was read. Handshake listeners are to be added when it is connected.
 */
final class EndpointSslSocket extends ForwardingSslSocket {

    private final SSLSocketFactory factory;
    private final TlsRules rules;
    private final WireSocket wire;
    private final SocketLayer layer;

    /** Holds what is set before the connection stands; then the socket on top of that. */
    private volatile SSLSocket tls;

    private volatile boolean open;

    EndpointSslSocket(SSLSocketFactory factory, TlsRules rules, WireSocket wire, SocketLayer layer) throws IOException {
        this.factory = factory;
        this.rules = rules;
        this.wire = wire;
        this.layer = layer;
        this.tls = (SSLSocket) factory.createSocket();
        rules.prepare(tls);
    }

    @Override
    Socket wire() {
        return wire;
    }

    @Override
    SSLSocket tls() {
        return tls;
    }

    @Override
    public void connect(SocketAddress target) throws IOException {
        connect(target, 0);
    }

    @Override
    public void connect(SocketAddress target, int timeout) throws IOException {
        wire.connect(target, timeout);
        int port = target instanceof InetSocketAddress address ? address.getPort() : wire.getPort();
        SSLSocket layered = (SSLSocket) factory.createSocket(wire, rules.host(), port, true);
        layered.setSSLParameters(tls.getSSLParameters());
        tls = layered;
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        tls.setSSLParameters(parameters);
        rules.enforce(tls);
    }

    @Override
    public void startHandshake() throws IOException {
        try {
            tls.startHandshake();
            open = true;
        } catch (SSLException | SocketException e) {
            throw explained(e);
        }
    }

    private IOException explained(IOException failure) {
        return wire.isProven()
                ? failure
                : new HandshakeFailedException(rules.explain(failure, wire.hasAnswered()), failure);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream in = tls.getInputStream();
        open = true;
        return layer.in(new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                try {
                    int read = in.read(bytes, from, length);
                    if (read > 0) {
                        wire.prove();
                    }
                    return read;
                } catch (SSLException e) {
                    throw explained(e);
                }
            }
        });
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream tlsOut = tls.getOutputStream();
        open = true;
        return layer.out(new FilterOutputStream(tlsOut) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                try {
                    out.write(bytes, from, length);
                } catch (SSLException e) {
                    throw explained(e);
                }
            }
        });
    }

    /** Says goodbye only to a peer with whom there is TLS; otherwise that could wait for it. */
    @Override
    // Called while another thread connects: the socket below does the locking.
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void close() throws IOException {
        try {
            if (open) {
                tls.close();
            }
        } finally {
            wire.close();
        }
    }

    @Override
    public String toString() {
        return "TLS for [" + rules.host() + "] over " + wire;
    }
}
