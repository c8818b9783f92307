package io.apsaramqtt.client.transport;

import static io.apsaramqtt.client.transport.NoDelaySocketFactory.connected;
import static io.apsaramqtt.client.transport.NoDelaySocketFactory.noDelay;
import static io.apsaramqtt.client.transport.NoDelaySocketFactory.target;

import io.apsaramqtt.client.proxy.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** TLS sockets of one endpoint with TCP_NODELAY, through a proxy where there is one. */
final class NoDelaySslSocketFactory extends SSLSocketFactory {

    private final SSLSocketFactory factory;
    private final TlsRules rules;
    private final @Nullable ProxySettings proxy;
    private final Supplier<SocketLayer> layers;

    NoDelaySslSocketFactory(
            SSLSocketFactory factory, TlsRules rules, @Nullable ProxySettings proxy, Supplier<SocketLayer> layers) {
        this.factory = factory;
        this.rules = rules;
        this.proxy = proxy;
        this.layers = layers;
    }

    /** What Paho calls, to connect it by itself. */
    @Override
    public Socket createSocket() throws IOException {
        WireSocket wire = proxy == null ? new WireSocket() : new WireSocket(proxy);
        return new EndpointSslSocket(factory, rules, noDelay(wire), layers.get());
    }

    /** Asked by no engine; the socket would lack the proxy, the layer and the explanations of the others. */
    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) {
        throw new UnsupportedOperationException(
                "TLS on top of a socket that is connected already is not supported. Let the factory make the connection");
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

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }
}
