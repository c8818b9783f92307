package io.apsaramqtt.tls;

/**
 * Why a TLS handshake failed.
 *
 * <p>Immutable.
 *
 * @param reason which of the known ones
 * @param message what is wrong and what to do, to follow the name of the connection
 */
public record HandshakeFailure(Reason reason, String message) {

    /** The known reasons. */
    public enum Reason {
        /** The server's certificate is for another host. */
        WRONG_HOST,
        /** The server's certificate has expired. */
        SERVER_CERTIFICATE_EXPIRED,
        /** The server's certificate is not valid yet. */
        SERVER_CERTIFICATE_NOT_YET_VALID,
        /** The server's certificate does not lead to a trusted one. */
        UNKNOWN_CA,
        /** The server's certificate has another fault, such as a weak algorithm. */
        SERVER_CERTIFICATE_NOT_ACCEPTED,
        /** The server demands a certificate of the client, and none was presented. */
        CLIENT_CERTIFICATE_REQUIRED,
        /** The server did not accept the certificate of the client. */
        CLIENT_CERTIFICATE_REFUSED,
        /** No TLS version or cipher suite in common. */
        PROTOCOL_MISMATCH,
        /** The port answers, but not in TLS. */
        PLAIN_TEXT,
        /** The server ended the connection without a word. */
        CLOSED,
        /** Anything else. */
        OTHER
    }

    /**
     * What {@code failure}, thrown by a TLS socket for {@code host}, means: in the handshake or, since TLS 1.3 servers judge
     * the client only then, by the first read after it. Looks through the causes. A failure of a socket of the client itself
     * says more than one from elsewhere.
     */
    public static HandshakeFailure of(Throwable failure, String host) {
        return new Diagnosis(host, null, null).of(failure);
    }
}
