package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads private keys: unencrypted PKCS#8 by the JDK, anything else through Bouncy Castle. */
final class PrivateKeys {

    static final String THING = "Private key";

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final byte[] ANY = {1, 2, 3, 4, 5, 6, 7, 8};

    private PrivateKeys() {}

    static PrivateKey read(PemSource source, @Nullable Password password) {
        List<PemBlock> blocks = source.blocks(THING);
        PemBlock block = blocks.stream()
                .filter(PemBlock::isPrivateKey)
                .findFirst()
                .orElseThrow(() -> new TlsConfigurationException(
                        Problem.NO_PRIVATE_KEY,
                        THING,
                        source.name(),
                        "holds no private key" + (blocks.isEmpty() ? ", no PEM at all" : ", but " + blocks)
                                + ". A line such as -----BEGIN PRIVATE KEY----- is expected; a DER file becomes PEM by: openssl"
                                + " pkey -inform DER -in <file> -out <file>.pem"));
        return fromPkcs8(
                block,
                switch (block.label()) {
                    case "PRIVATE KEY" -> block.der(THING);
                    case "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY" ->
                        throughBouncyCastle(block, password);
                    default ->
                        throw new TlsConfigurationException(
                                Problem.MALFORMED,
                                THING,
                                source.name(),
                                "is of the kind " + block.label()
                                        + "; allowed are PRIVATE KEY, ENCRYPTED PRIVATE KEY, RSA"
                                        + " PRIVATE KEY and EC PRIVATE KEY");
                });
    }

    private static byte[] throughBouncyCastle(PemBlock block, @Nullable Password password) {
        try {
            return BouncyCastleKeys.toPkcs8(block, password);
        } catch (NoClassDefFoundError e) {
            throw new TlsConfigurationException(
                    Problem.BOUNCY_CASTLE_MISSING,
                    THING,
                    block.source(),
                    "is of the kind " + block.label()
                            + ", which is read by Bouncy Castle, and that is not on the class path."
                            + " Add the dependency org.bouncycastle:bcpkix-jdk18on, or convert the key to PKCS#8 by: openssl"
                            + " pkcs8 -topk8 -nocrypt -in <file> -out <file>.pk8",
                    e);
        }
    }

    private static PrivateKey fromPkcs8(PemBlock block, byte[] der) {
        TlsConfigurationException unknown = new TlsConfigurationException(
                Problem.MALFORMED,
                THING,
                block.source(),
                "cannot be read as " + block.label()
                        + "; allowed are RSA keys, EC keys on P-256, P-384 or P-521, Ed25519 and" + " Ed448");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
                unknown.addSuppressed(e);
            }
        }
        throw unknown;
    }

    /** Whether the two are a pair. */
    static boolean match(PrivateKey privateKey, PublicKey publicKey) {
        if (privateKey instanceof RSAKey mine && publicKey instanceof RSAKey theirs) {
            return mine.getModulus().equals(theirs.getModulus());
        }
        if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(
                    "EC".equals(privateKey.getAlgorithm()) ? "SHA256withECDSA" : privateKey.getAlgorithm());
            signature.initSign(privateKey);
            signature.update(ANY);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(ANY);
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            // A kind of key that cannot be tried here: the handshake will tell.
            return true;
        }
    }
}
