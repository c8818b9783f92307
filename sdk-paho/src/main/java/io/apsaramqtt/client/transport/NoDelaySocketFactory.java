package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.proxy.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Plain sockets with TCP_NODELAY, through a proxy where there is one. Without it Nagle's algorithm and the peer's delayed
 * acknowledgement cost 40 ms wherever a packet leaves in two writes.
 */
final class NoDelaySocketFactory extends SocketFactory {

    private final @Nullable ProxySettings proxy;
    private final Supplier<SocketLayer> layers;

    NoDelaySocketFactory(@Nullable ProxySettings proxy, Supplier<SocketLayer> layers) {
        this.proxy = proxy;
        this.layers = layers;
    }

    @Override
    public Socket createSocket() throws IOException {
        return noDelay(proxy == null ? new RoutedSocket(layers.get()) : new RoutedSocket(proxy, layers.get()));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(createSocket(), null, target(host, port, proxy));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(createSocket(), new InetSocketAddress(local, localPort), target(host, port, proxy));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(createSocket(), null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(createSocket(), new InetSocketAddress(local, localPort), new InetSocketAddress(host, port));
    }

    /** Resolved here only if no proxy does it. */
    static InetSocketAddress target(String host, int port, @Nullable ProxySettings proxy) {
        return proxy == null ? new InetSocketAddress(host, port) : InetSocketAddress.createUnresolved(host, port);
    }

    /** The socket, bound and connected, or closed again. */
    static Socket connected(Socket socket, @Nullable InetSocketAddress local, InetSocketAddress target)
            throws IOException {
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(target);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    static <T extends Socket> T noDelay(T socket) throws IOException {
        socket.setTcpNoDelay(true);
        return socket;
    }
}
