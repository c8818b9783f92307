package io.apsaramqtt.client.session;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets of a fake engine, which opens none. */
final class UnusedSockets extends SocketFactory {

    private static Socket none() {
        throw new UnsupportedOperationException("A fake engine opens no sockets");
    }

    @Override
    public Socket createSocket() {
        return none();
    }

    @Override
    public Socket createSocket(String host, int port) {
        return none();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return none();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return none();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return none();
    }
}
