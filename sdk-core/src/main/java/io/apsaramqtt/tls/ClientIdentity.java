package io.apsaramqtt.tls;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who the client is in mutual TLS: a certificate and its private key. Nothing is read before a context is asked of
 * {@link TlsSettings}.
 *
 * <p>The PEM of the certificate holds the client's own first and then those that lead to the CA, if there are any. The
 * private key is PKCS#8 ({@code PRIVATE KEY}); with Bouncy Castle ({@code org.bouncycastle:bcpkix-jdk18on}) on the class path
 * also PKCS#1 ({@code RSA PRIVATE KEY}), SEC1 ({@code EC PRIVATE KEY}) and encrypted PKCS#8 ({@code ENCRYPTED PRIVATE KEY}).
 * Passwords are copied and never shown.
 *
 * <p>Immutable.
 */
public final class ClientIdentity {

    private final String name;
    private final Supplier<KeyAndCertificates> reader;

    private ClientIdentity(String name, Supplier<KeyAndCertificates> reader) {
        this.name = name;
        this.reader = reader;
    }

    /** A certificate and an unencrypted private key in PEM files, which may be one and the same. */
    public static ClientIdentity pem(Path certificates, Path privateKey) {
        return pem(PemSource.file(certificates), PemSource.file(privateKey), null);
    }

    /** A certificate and an encrypted private key in PEM files, which may be one and the same. */
    public static ClientIdentity pem(Path certificates, Path privateKey, char[] password) {
        return pem(PemSource.file(certificates), PemSource.file(privateKey), new Password(password));
    }

    /** A certificate and an unencrypted private key in PEM texts. */
    public static ClientIdentity pemText(String certificates, String privateKey) {
        return pem(PemSource.text(certificates), PemSource.text(privateKey), null);
    }

    /** A certificate and an encrypted private key in PEM texts. */
    public static ClientIdentity pemText(String certificates, String privateKey, char[] password) {
        return pem(PemSource.text(certificates), PemSource.text(privateKey), new Password(password));
    }

    private static ClientIdentity pem(PemSource certificates, PemSource privateKey, @Nullable Password password) {
        return new ClientIdentity(
                certificates.name(),
                () -> KeyAndCertificates.of(
                        PrivateKeys.read(privateKey, password),
                        Certificates.read(KeyAndCertificates.THING, certificates),
                        certificates.name()));
    }

    /** The only private key of a PKCS#12 or JKS file, with its certificates; the key has the password of the file. */
    public static ClientIdentity store(Path file, char[] password) {
        return store(file, new Password(password), null, new Password(password));
    }

    /**
     * One private key of a PKCS#12 or JKS file, with its certificates.
     *
     * @param password of the file
     * @param alias of the key
     * @param keyPassword of the key
     */
    public static ClientIdentity store(Path file, char[] password, String alias, char[] keyPassword) {
        return store(file, new Password(password), alias, new Password(keyPassword));
    }

    private static ClientIdentity store(Path file, Password password, @Nullable String alias, Password keyPassword) {
        return new ClientIdentity(file.toString(), () -> new StoredKey(file, password, alias, keyPassword).read());
    }

    KeyAndCertificates read() {
        return reader.get();
    }

    /** Where the certificate comes from. */
    @Override
    public String toString() {
        return name;
    }
}
