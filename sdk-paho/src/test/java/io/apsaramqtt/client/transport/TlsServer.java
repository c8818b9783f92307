package io.apsaramqtt.client.transport;

import io.apsaramqtt.certificates.TestAuthority;
import io.apsaramqtt.certificates.TestAuthority.Issued;
import io.apsaramqtt.client.Futures;
import io.apsaramqtt.tls.TlsSettings;
import io.apsaramqtt.tls.TrustAnchors;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A TLS server for one connection, which it echoes, telling the server names that the client asked for. */
final class TlsServer implements AutoCloseable {

    private static final TestAuthority AUTHORITY = new TestAuthority("CN=Test CA");

    static final TlsSettings TRUSTING = TlsSettings.standard().withTrust(TrustAnchors.pemText(AUTHORITY.pem()));

    private final ServerSocket server;
    private final SSLContext context;
    private final CompletableFuture<List<String>> names = new CompletableFuture<>();

    private final CompletableFuture<Socket> wire = new CompletableFuture<>();

    private TlsServer(ServerSocket server, SSLContext context) {
        this.server = server;
        this.context = context;
        Thread thread = new Thread(this::serve, "tls-server");
        thread.setDaemon(true);
        thread.start();
    }

    static TlsServer start(String... hosts) {
        Issued issued = AUTHORITY.issue("CN=server", TestAuthority.ec(), hosts);
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "server",
                    issued.keys().getPrivate(),
                    new char[0],
                    issued.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return new TlsServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), context);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private void serve() {
        try (Socket below = server.accept();
                SSLSocket socket = (SSLSocket)
                        context.getSocketFactory().createSocket(below, InputStream.nullInputStream(), true)) {
            wire.complete(below);
            socket.startHandshake();
            names.complete(((ExtendedSSLSession) socket.getSession())
                    .getRequestedServerNames().stream()
                            .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                            .toList());
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            names.completeExceptionally(e);
        }
    }

    /** Sends something that is not TLS. */
    void spoil() throws IOException {
        Futures.get(wire).getOutputStream().write(new byte[100]);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What the client asked for, once it is connected. */
    CompletableFuture<List<String>> names() {
        return names;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
