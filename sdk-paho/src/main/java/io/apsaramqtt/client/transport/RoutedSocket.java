package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.proxy.ProxyException;
import io.apsaramqtt.client.proxy.ProxySettings;
import io.apsaramqtt.client.proxy.ProxySettings.Kind;
import io.apsaramqtt.client.transport.ProxyConversation.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** A TCP connection, through a proxy where there is one: {@code connect} then names the target, which only the proxy resolves. */
class RoutedSocket extends Socket {

    private final @Nullable ProxySettings proxy;
    private final SocketLayer layer;

    /** Direct, or as the JDK's {@code socksProxyHost} says. */
    RoutedSocket(SocketLayer layer) {
        this.proxy = null;
        this.layer = layer;
    }

    RoutedSocket(ProxySettings proxy, SocketLayer layer) {
        super(Proxy.NO_PROXY);
        this.proxy = proxy;
        this.layer = layer;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return layer.in(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return layer.out(super.getOutputStream());
    }

    @Override
    public final void connect(SocketAddress target) throws IOException {
        connect(target, 0);
    }

    @Override
    public final void connect(SocketAddress target, int timeout) throws IOException {
        ProxySettings through = proxy;
        if (through == null) {
            super.connect(target, timeout);
            return;
        }
        if (!(target instanceof InetSocketAddress address)) {
            throw new IllegalArgumentException("Address [" + target + "] is not one of the Internet");
        }
        Deadline deadline = Deadline.in(timeout);
        reach(through, timeout);
        try {
            int before = getSoTimeout();
            ProxyConversation conversation =
                    new ProxyConversation(this, super.getInputStream(), super.getOutputStream(), through, deadline);
            String host = Hosts.bare(address.getHostString());
            if (through.kind() == Kind.HTTP) {
                HttpTunnel.open(conversation, host, address.getPort());
            } else {
                Socks5Tunnel.open(conversation, host, address.getPort());
            }
            setSoTimeout(before);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void reach(ProxySettings through, int timeout) throws IOException {
        InetSocketAddress address = new InetSocketAddress(through.host(), through.port());
        if (address.isUnresolved()) {
            throw new ProxyException(
                    through, null, "has no address. Check the spelling of its host, and the name server");
        }
        try {
            super.connect(address, timeout);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // Suppressed, not the cause: that the target was refused, or is unknown, would be read from the cause.
            ProxyException failure = new ProxyException(
                    through, null, "cannot be reached: " + e.getMessage() + ". Check its host and port");
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
