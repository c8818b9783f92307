package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.Endpoint;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** The sockets that an endpoint asks for, all with TCP_NODELAY. */
public final class SocketFactories {

    private SocketFactories() {}

    /** Plain sockets, or TLS sockets that trust what the Java runtime trusts. */
    public static SocketFactory of(Endpoint endpoint) {
        return endpoint.scheme().isTls()
                ? new NoDelaySslSocketFactory((SSLSocketFactory) SSLSocketFactory.getDefault())
                : new NoDelaySocketFactory(null);
    }
}
