package io.apsaramqtt.certificates;

import io.apsaramqtt.certificates.TestAuthority.Issued;
import io.apsaramqtt.tls.ClientIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.io.pem.PemObject;

/** The forms in which people have the private key of a client. */
public enum KeyKind {
    /** {@code RSA PRIVATE KEY}. */
    PKCS1_RSA(true),
    /** {@code PRIVATE KEY}. */
    PKCS8_RSA(true),
    /** {@code ENCRYPTED PRIVATE KEY}. */
    ENCRYPTED_PKCS8_RSA(true),
    /** {@code EC PRIVATE KEY}. */
    SEC1_EC(false),
    /** {@code PRIVATE KEY}. */
    PKCS8_EC(false),
    /** {@code ENCRYPTED PRIVATE KEY}. */
    ENCRYPTED_PKCS8_EC(false),
    /** A key store. */
    PKCS12(true),
    /** A key store. */
    JKS(false);

    private static final char[] PASSWORD = "key-password".toCharArray();

    private final boolean rsa;

    KeyKind(boolean rsa) {
        this.rsa = rsa;
    }

    /** The key that this kind holds. */
    public KeyPair keys() {
        return rsa ? TestAuthority.rsa() : TestAuthority.ec();
    }

    /** What was issued, written into files in this form. */
    public ClientIdentity write(Path folder, Issued issued) {
        try {
            if (this == PKCS12 || this == JKS) {
                return ClientIdentity.store(store(folder.resolve("store"), issued), PASSWORD);
            }
            Path certificates = Files.writeString(folder.resolve("client.pem"), issued.pem());
            Path key = Files.writeString(
                    folder.resolve("client.key"),
                    TestAuthority.pem(List.of(object(issued.keys().getPrivate()))));
            return this == ENCRYPTED_PKCS8_RSA || this == ENCRYPTED_PKCS8_EC
                    ? ClientIdentity.pem(certificates, key, PASSWORD)
                    : ClientIdentity.pem(certificates, key);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private Path store(Path file, Issued issued) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(name());
        store.load(null, null);
        store.setKeyEntry(
                "client", issued.keys().getPrivate(), PASSWORD, issued.chain().toArray(X509Certificate[]::new));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return file;
    }

    private Object object(PrivateKey key) throws IOException, OperatorCreationException {
        return switch (this) {
            case PKCS1_RSA -> key;
            case SEC1_EC ->
                new PemObject(
                        "EC PRIVATE KEY",
                        new org.bouncycastle.asn1.sec.ECPrivateKey(
                                        256, ((ECPrivateKey) key).getS(), SECObjectIdentifiers.secp256r1)
                                .getEncoded());
            case ENCRYPTED_PKCS8_RSA, ENCRYPTED_PKCS8_EC ->
                new JcaPKCS8Generator(
                        key,
                        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                .setProvider(new BouncyCastleProvider())
                                .setPassword(PASSWORD)
                                .build());
            default -> new JcaPKCS8Generator(key, null);
        };
    }
}
