package io.apsaramqtt.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.io.pem.PemObject;

/** Writes PEM. */
final class Pem {

    private static final int CURVE_BITS = 256;

    private Pem() {}

    /** One write to a PEM writer. */
    @FunctionalInterface
    private interface Write {
        void to(JcaPEMWriter writer) throws IOException, OperatorCreationException;
    }

    private static String write(Write write) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            write.to(writer);
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    static String certificates(X509Certificate... certificates) {
        return write(writer -> {
            for (X509Certificate each : certificates) {
                writer.writeObject(each);
            }
        });
    }

    static String certificates(List<X509Certificate> certificates) {
        return certificates(certificates.toArray(X509Certificate[]::new));
    }

    static String pkcs8(PrivateKey key) {
        return write(writer -> writer.writeObject(new JcaPKCS8Generator(key, null)));
    }

    static String encryptedPkcs8(PrivateKey key, String password) {
        return write(writer -> writer.writeObject(new JcaPKCS8Generator(
                key,
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setPassword(password.toCharArray())
                        .build())));
    }

    static String pkcs1(PrivateKey key) {
        return write(writer -> writer.writeObject(key));
    }

    /** As openssl writes it: with the curve, which the JDK leaves out. */
    static String sec1(PrivateKey key) {
        return write(writer -> writer.writeObject(new PemObject(
                "EC PRIVATE KEY",
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                                CURVE_BITS, ((ECPrivateKey) key).getS(), SECObjectIdentifiers.secp256r1)
                        .getEncoded())));
    }

    static String encryptedPkcs1(PrivateKey key, String password) {
        return write(writer -> writer.writeObject(
                key,
                new JcePEMEncryptorBuilder("AES-256-CBC")
                        .setProvider(new BouncyCastleProvider())
                        .build(password.toCharArray())));
    }
}
