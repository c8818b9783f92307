package io.apsaramqtt.tls;

import io.apsaramqtt.ApsaraMqttException;
import org.jspecify.annotations.Nullable;

/**
 * The files, texts or passwords of {@link TlsSettings} do not give a TLS configuration.
 *
 * <p>Immutable.
 */
public final class TlsConfigurationException extends ApsaraMqttException {

    /** What is wrong. */
    public enum Problem {
        /** A file does not exist or may not be read. */
        UNREADABLE,
        /** PEM or a trust store without a certificate. */
        NO_CERTIFICATE,
        /** PEM without a private key. */
        NO_PRIVATE_KEY,
        /** A key store without a private key, with several of them, or without the one of the alias. */
        NO_KEY_ENTRY,
        /** What was read is not what it should be, or of a kind that Java does not know. */
        MALFORMED,
        /** The private key is of a kind that is read by Bouncy Castle, which is not on the class path. */
        BOUNCY_CASTLE_MISSING,
        /** The private key is encrypted and there is no password. */
        PASSWORD_MISSING,
        /** The password does not open the key or the store. */
        WRONG_PASSWORD,
        /** The private key does not belong to the certificate. */
        KEY_MISMATCH,
        /** The Java runtime, or the supplier of a user-made context, gives no {@code SSLContext}. */
        NO_CONTEXT
    }

    private final Problem problem;
    private final String source;

    TlsConfigurationException(Problem problem, String thing, String source, String words) {
        this(problem, thing, source, words, null);
    }

    TlsConfigurationException(Problem problem, String thing, String source, String words, @Nullable Throwable cause) {
        super(thing + " [" + source + "] " + words, cause);
        this.problem = problem;
        this.source = source;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }

    /** Where: a path, or {@code PEM text}. Never the text itself. */
    public String source() {
        return source;
    }
}
