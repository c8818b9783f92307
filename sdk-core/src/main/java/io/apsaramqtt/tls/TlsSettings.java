package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a client speaks TLS: whom it trusts, who it is, and by which versions. By default it trusts what the Java runtime
 * trusts, presents no certificate, verifies host names and speaks TLS 1.3 or 1.2.
 *
 * <p>Immutable and thread-safe. Files are not read here but each time {@link #context()} is called, which the client does once
 * for each connection attempt: renewed certificates count from the next connection on.
 */
public final class TlsSettings {

    private static final Logger log = LoggerFactory.getLogger(TlsSettings.class);
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private final @Nullable Supplier<SSLContext> contexts;
    private final TrustAnchors trust;
    private final @Nullable ClientIdentity identity;
    private final List<String> protocols;
    private final boolean hostnamesVerified;
    private final AtomicBoolean warned = new AtomicBoolean();

    private TlsSettings(
            @Nullable Supplier<SSLContext> contexts,
            TrustAnchors trust,
            @Nullable ClientIdentity identity,
            List<String> protocols,
            boolean hostnamesVerified) {
        this.contexts = contexts;
        this.trust = trust;
        this.identity = identity;
        this.protocols = protocols;
        this.hostnamesVerified = hostnamesVerified;
    }

    /** The defaults. */
    public static TlsSettings standard() {
        return new TlsSettings(null, TrustAnchors.system(), null, VERSIONS, true);
    }

    /**
     * A context made by the program, such as that of a Spring SSL bundle. The supplier is asked once for each connection
     * attempt, on a thread that may block.
     */
    public static TlsSettings of(Supplier<SSLContext> contexts) {
        return new TlsSettings(contexts, TrustAnchors.system(), null, VERSIONS, true);
    }

    /** These settings with other trusted certificates; {@link IllegalStateException} with a context made by the program. */
    public TlsSettings withTrust(TrustAnchors anchors) {
        requireOwnContext("trust");
        return new TlsSettings(null, anchors, identity, protocols, hostnamesVerified);
    }

    /** These settings with a certificate of the client; {@link IllegalStateException} with a context made by the program. */
    public TlsSettings withIdentity(ClientIdentity client) {
        requireOwnContext("identity");
        return new TlsSettings(null, trust, client, protocols, hostnamesVerified);
    }

    private void requireOwnContext(String what) {
        if (contexts != null) {
            throw new IllegalStateException("TLS settings of a user-made SSLContext take no " + what
                    + " of their own: put it into that context, or begin with TlsSettings.standard()");
        }
    }

    /** These settings with these versions alone; allowed are {@code TLSv1.2} and {@code TLSv1.3}. */
    public TlsSettings withProtocols(String first, String... more) {
        List<String> chosen = new ArrayList<>(List.of(first));
        chosen.addAll(List.of(more));
        for (String each : chosen) {
            if (!VERSIONS.contains(each)) {
                throw new IllegalArgumentException(
                        "TLS version [" + each + "] is not allowed; allowed are " + VERSIONS);
            }
        }
        return new TlsSettings(contexts, trust, identity, List.copyOf(chosen), hostnamesVerified);
    }

    /**
     * These settings without the check that the server's certificate is for the host of the endpoint: anyone who has a
     * certificate of a trusted CA can then pose as the broker. For test systems. A warning is logged.
     */
    public TlsSettings withoutHostnameVerification() {
        return new TlsSettings(contexts, trust, identity, protocols, false);
    }

    /** The versions of TLS that are offered, the preferred one first. */
    public List<String> protocols() {
        return protocols;
    }

    /** Whether the server's certificate must be for the host of the endpoint. */
    public boolean hostnamesVerified() {
        return hostnamesVerified;
    }

    /**
     * A new context: reads every file again, or asks the supplier. Blocks while it reads.
     *
     * @throws TlsConfigurationException if a file, text or password does not fit
     */
    public SSLContext context() {
        if (!hostnamesVerified && warned.compareAndSet(false, true)) {
            log.warn(
                    "Host names are not verified in TLS: anyone with a certificate of a trusted CA can pose as the broker");
        }
        return contexts == null ? ownContext() : contextOf(contexts);
    }

    // A supplier is the program's: nobody checked that it gives one.
    @SuppressWarnings("ConstantValue")
    private static SSLContext contextOf(Supplier<SSLContext> contexts) {
        SSLContext context = contexts.get();
        if (context == null) {
            throw new TlsConfigurationException(
                    Problem.NO_CONTEXT, "SSLContext", "supplier", "was not given: the supplier returned null");
        }
        return context;
    }

    private SSLContext ownContext() {
        KeyManager[] keys = identity == null ? new KeyManager[0] : new KeyManager[] {new IdentityKeys(identity.read())};
        TrustManager[] anchors = {trust.manager()};
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, anchors, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsConfigurationException(
                    Problem.NO_CONTEXT, "SSLContext", "TLS", "is not given by the Java runtime: " + e.getMessage(), e);
        }
    }

    /**
     * What a failed handshake means. Knows more than {@link HandshakeFailure#of}: whether a client certificate was at hand.
     *
     * @param failure what the socket threw
     * @param host of the endpoint
     * @param serverAnswered whether the server had sent more than an alert
     */
    public HandshakeFailure explain(Throwable failure, String host, boolean serverAnswered) {
        String own = contexts != null ? null : identity == null ? "" : identity.toString();
        return new Diagnosis(host, serverAnswered, own).of(failure);
    }

    /** The settings, without passwords. */
    @Override
    public String toString() {
        return "TlsSettings["
                + (contexts != null
                        ? "context of the program"
                        : "trust=" + trust + ", identity=" + (identity == null ? "none" : identity))
                + ", protocols=" + protocols + ", host names " + (hostnamesVerified ? "" : "not ") + "verified]";
    }
}
