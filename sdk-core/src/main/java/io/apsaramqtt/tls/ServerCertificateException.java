package io.apsaramqtt.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The server's certificates were not accepted; with them, and with what is trusted, which the JDK's own exception lacks. */
final class ServerCertificateException extends CertificateException {

    private final transient List<X509Certificate> sent;
    private final String trusted;

    ServerCertificateException(CertificateException cause, List<X509Certificate> sent, String trusted) {
        super(cause.getMessage(), cause);
        this.sent = List.copyOf(sent);
        this.trusted = trusted;
    }

    /** What the server sent, its own certificate first. */
    List<X509Certificate> sent() {
        return sent;
    }

    /** What is trusted, in words. */
    String trusted() {
        return trusted;
    }
}
