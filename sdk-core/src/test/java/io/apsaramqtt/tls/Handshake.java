package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TestAuthority.Issued;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A TLS handshake in memory, between settings under test and a server of the JDK. */
final class Handshake {

    private static final int ROOM = 64 * 1024;

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(ROOM);
    private final ByteBuffer toClient = ByteBuffer.allocate(ROOM);
    private @Nullable SSLException clientFailure;
    private @Nullable SSLException serverFailure;

    private Handshake(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
    }

    /** With a server that asks for no certificate. */
    static Handshake of(TlsSettings settings, String host, Issued server) {
        return of(settings, host, server, null, "TLSv1.3", "TLSv1.2");
    }

    /** With a server that demands a certificate of {@code authority}, if that is not null. */
    static Handshake of(
            TlsSettings settings,
            String host,
            Issued serverIdentity,
            @Nullable TestAuthority authority,
            String... serverProtocols) {
        SSLEngine client = settings.context().createSSLEngine(host, 8883);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(settings.hostnamesVerified() ? "HTTPS" : "");
        parameters.setProtocols(settings.protocols().toArray(String[]::new));
        client.setSSLParameters(parameters);
        SSLEngine server = serverContext(serverIdentity, authority).createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(authority != null);
        server.setEnabledProtocols(serverProtocols);
        Handshake handshake = new Handshake(client, server);
        handshake.run();
        return handshake;
    }

    private static SSLContext serverContext(Issued identity, @Nullable TestAuthority authority) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "server",
                    identity.keys().getPrivate(),
                    new char[0],
                    identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), authority == null ? null : trust(authority), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TrustManager[] trust(TestAuthority authority) throws GeneralSecurityException, java.io.IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("ca", authority.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        return factory.getTrustManagers();
    }

    /** A context of the program: trusts {@code authority}, presents nothing. */
    static SSLContext userMade(TestAuthority authority) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], trust(authority), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private void run() {
        boolean moved = true;
        while (moved) {
            moved = clientFailure == null && step(client, toClient, toServer, true);
            moved |= step(server, toServer, toClient, false);
        }
    }

    private boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out, boolean isClient) {
        boolean moved = false;
        try {
            SSLEngineResult wrapped = engine.wrap(ByteBuffer.allocate(0), out);
            moved = wrapped.bytesProduced() > 0;
            runTasks(engine);
            in.flip();
            if (in.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                SSLEngineResult unwrapped = engine.unwrap(in, ByteBuffer.allocate(ROOM));
                moved |= unwrapped.bytesConsumed() > 0;
            }
            in.compact();
            moved |= runTasks(engine);
        } catch (SSLException e) {
            in.clear();
            if (isClient) {
                clientFailure = e;
            } else if (serverFailure == null) {
                serverFailure = e;
                return true;
            }
            return false;
        }
        return moved;
    }

    private static boolean runTasks(SSLEngine engine) {
        Runnable task = engine.getDelegatedTask();
        boolean ran = task != null;
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
        return ran;
    }

    /** What the client threw; fails if it threw nothing. */
    SSLException clientFailure() {
        SSLException failure = clientFailure;
        if (failure == null) {
            throw new AssertionError("The client did not fail; the server: " + serverFailure);
        }
        return failure;
    }

    /** What the server threw, for messages of tests. */
    Optional<SSLException> failure() {
        return Optional.ofNullable(clientFailure == null ? serverFailure : clientFailure);
    }

    String protocol() {
        return client.getSession().getProtocol();
    }

    /** The subject of the client, as the server saw it. */
    Optional<String> clientSubject() {
        try {
            return Optional.of(server.getSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
