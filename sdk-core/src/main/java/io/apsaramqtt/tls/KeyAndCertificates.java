package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.security.PrivateKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A private key and the certificates that go with it, the first one its own. Immutable. */
final class KeyAndCertificates {

    static final String THING = "Client certificate";

    private static final Logger log = LoggerFactory.getLogger(KeyAndCertificates.class);

    private final PrivateKey key;
    private final List<X509Certificate> certificates;

    private KeyAndCertificates(PrivateKey key, List<X509Certificate> certificates) {
        this.key = key;
        this.certificates = List.copyOf(certificates);
    }

    /** Refuses a pair that is none; warns of a certificate that the server will refuse. */
    static KeyAndCertificates of(PrivateKey key, List<X509Certificate> certificates, String source) {
        X509Certificate own = certificates.get(0);
        if (!PrivateKeys.match(key, own.getPublicKey())) {
            throw mismatch(key, certificates, source);
        }
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            log.warn(
                    "{} {} of [{}] expired at {}: a server that verifies it refuses it. Renew it",
                    THING,
                    Certificates.subject(own),
                    source,
                    own.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            log.warn(
                    "{} {} of [{}] is valid only from {}: a server that verifies it refuses it. Check the clock of this machine",
                    THING,
                    Certificates.subject(own),
                    source,
                    own.getNotBefore().toInstant());
        }
        return new KeyAndCertificates(key, certificates);
    }

    private static TlsConfigurationException mismatch(
            PrivateKey key, List<X509Certificate> certificates, String source) {
        boolean further = certificates.stream().anyMatch(each -> PrivateKeys.match(key, each.getPublicKey()));
        return new TlsConfigurationException(
                Problem.KEY_MISMATCH,
                THING,
                source,
                Certificates.subject(certificates.get(0))
                        + (further
                                ? " is not that of the private key, but a later one in the file is. Put that one first"
                                : " does not belong to the private key. Check which two files were issued together"));
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate[] certificates() {
        return certificates.toArray(X509Certificate[]::new);
    }
}
