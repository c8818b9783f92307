package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The certificates that the server's must lead to: those of certificate authorities (CA), or a self-signed one of the server
 * itself. What is given here replaces what the Java runtime trusts. Nothing is read before a context is asked of
 * {@link TlsSettings}.
 *
 * <p>Immutable.
 */
public final class TrustAnchors {

    private static final String PEM = "CA certificates";
    private static final String STORE = "Trust store";

    private final String name;
    private final Supplier<List<X509Certificate>> reader;

    private TrustAnchors(String name, Supplier<List<X509Certificate>> reader) {
        this.name = name;
        this.reader = reader;
    }

    /**
     * What the Java runtime trusts: its own {@code cacerts}, or the store of the system property
     * {@code javax.net.ssl.trustStore}.
     */
    public static TrustAnchors system() {
        return new TrustAnchors("the trust store of the Java runtime", List::of);
    }

    /** The certificates in PEM files, one or more in each. */
    public static TrustAnchors pem(Path file, Path... more) {
        List<PemSource> sources = Stream.concat(Stream.of(file), Arrays.stream(more))
                .map(PemSource::file)
                .toList();
        return pem(sources);
    }

    /** The certificates in a PEM text. */
    public static TrustAnchors pemText(String text) {
        return pem(List.of(PemSource.text(text)));
    }

    private static TrustAnchors pem(List<PemSource> sources) {
        return new TrustAnchors(
                sources.stream().map(PemSource::name).collect(Collectors.joining(", ")),
                () -> sources.stream()
                        .flatMap(source -> Certificates.read(PEM, source).stream())
                        .toList());
    }

    /** The trusted certificates of a PKCS#12 or JKS file. The password is copied. */
    public static TrustAnchors store(Path file, char[] password) {
        Password copy = new Password(password);
        return new TrustAnchors(file.toString(), () -> trusted(file, StoreFile.load(STORE, file, copy)));
    }

    private static List<X509Certificate> trusted(Path file, KeyStore store) {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate found) {
                    certificates.add(found);
                }
            }
            if (certificates.isEmpty()) {
                throw new TlsConfigurationException(
                        Problem.NO_CERTIFICATE,
                        STORE,
                        file.toString(),
                        "holds no trusted certificate. Put one in by: keytool -importcert -keystore <file> -file ca.pem;"
                                + " what openssl pkcs12 writes does not count as trusted in Java");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A loaded key store always answers", e);
        }
    }

    /** Reads the certificates, and judges by them. */
    X509ExtendedTrustManager manager() {
        List<X509Certificate> certificates = reader.get();
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(certificates.isEmpty() ? null : store(certificates));
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .map(manager -> new ExplainingTrust(manager, name))
                    .orElseThrow(() -> new GeneralSecurityException("no PKIX trust manager"));
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsConfigurationException(
                    Problem.NO_CONTEXT, STORE, name, "is not taken by the Java runtime: " + e.getMessage(), e);
        }
    }

    private static KeyStore store(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("ca-" + i, certificates.get(i));
        }
        return store;
    }

    /** Where the certificates come from. */
    @Override
    public String toString() {
        return name;
    }
}
