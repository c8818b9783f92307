package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.security.Provider;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** The one class that names Bouncy Castle: where that is absent, whoever calls this gets a {@code NoClassDefFoundError}. */
final class BouncyCastleKeys {

    /** Never registered: the program may have a Bouncy Castle of its own. */
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastleKeys() {}

    /** The key of {@code block} in PKCS#8, decrypted. */
    static byte[] toPkcs8(PemBlock block, @Nullable Password password) {
        try {
            return info(block, parse(block), password).getEncoded();
        } catch (IOException e) {
            throw malformed(block, e);
        }
    }

    private static Object parse(PemBlock block) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(block.text()))) {
            Object parsed = parser.readObject();
            if (parsed == null) {
                throw new IOException("nothing in it");
            }
            return parsed;
        } catch (RuntimeException e) {
            // What the parser throws for some malformed ASN.1.
            throw malformed(block, e);
        }
    }

    private static PrivateKeyInfo info(PemBlock block, Object parsed, @Nullable Password password) throws IOException {
        if (parsed instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        char[] characters = require(block, password).copy();
        try {
            if (parsed instanceof PEMEncryptedKeyPair encrypted) {
                return encrypted
                        .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                .setProvider(PROVIDER)
                                .build(characters))
                        .getPrivateKeyInfo();
            }
            if (parsed instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                return encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        .setProvider(PROVIDER)
                        .build(characters));
            }
        } catch (OperatorCreationException | PKCSException | IOException | RuntimeException e) {
            // A wrong password gives bad padding, or now and then good padding and nonsense below it.
            throw new TlsConfigurationException(
                    Problem.WRONG_PASSWORD,
                    PrivateKeys.THING,
                    block.source(),
                    "is not opened by the password. Check the password by: openssl pkey -noout -in <file>",
                    e);
        }
        throw new IOException("not a private key");
    }

    private static Password require(PemBlock block, @Nullable Password password) {
        if (password == null) {
            throw new TlsConfigurationException(
                    Problem.PASSWORD_MISSING,
                    PrivateKeys.THING,
                    block.source(),
                    "is encrypted. Give its password to ClientIdentity");
        }
        return password;
    }

    private static TlsConfigurationException malformed(PemBlock block, Exception cause) {
        return new TlsConfigurationException(
                Problem.MALFORMED,
                PrivateKeys.THING,
                block.source(),
                "cannot be read as " + block.label() + ": " + cause.getMessage(),
                cause);
    }
}
