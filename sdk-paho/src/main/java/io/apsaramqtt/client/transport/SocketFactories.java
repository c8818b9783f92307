package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.tls.TlsSettings;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that an endpoint asks for, all with TCP_NODELAY. Those for TLS send the endpoint's host as SNI and verify that
 * the certificate is for it, whatever else is set on them. A factory is for one connection attempt: it holds what the files
 * of the settings held when it was made.
 */
public final class SocketFactories {

    private SocketFactories() {}

    /** Plain sockets, or TLS sockets that trust what the Java runtime trusts. */
    public static SocketFactory of(Endpoint endpoint) {
        return of(endpoint, TlsSettings.standard());
    }

    /** Plain sockets, or TLS sockets by {@code tls}. */
    public static SocketFactory of(Endpoint endpoint, TlsSettings tls) {
        return of(endpoint, tls, null);
    }

    /**
     * Plain sockets, or TLS sockets by {@code tls}, whose files are read now; through {@code proxy} unless that is null.
     *
     * @throws io.apsaramqtt.tls.TlsConfigurationException if the endpoint is one of TLS and a file does not fit
     */
    public static SocketFactory of(Endpoint endpoint, TlsSettings tls, @Nullable ProxySettings proxy) {
        Supplier<SocketLayer> layers = endpoint.scheme().isWebSocket() ? WebSocketLayer::new : SocketLayer::none;
        return endpoint.scheme().isTls()
                ? new NoDelaySslSocketFactory(
                        tls.context().getSocketFactory(), new TlsRules(Hosts.bare(endpoint.host()), tls), proxy, layers)
                : new NoDelaySocketFactory(proxy, layers);
    }
}
