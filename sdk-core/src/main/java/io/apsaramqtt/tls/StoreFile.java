package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;

/** Reads PKCS#12 and JKS stores, told apart by their first bytes. */
final class StoreFile {

    private static final int JKS = 0xFEEDFEED;
    private static final int DER_SEQUENCE = 0x30;

    private StoreFile() {}

    static KeyStore load(String thing, Path file, Password password) {
        byte[] bytes = SourceFile.read(thing, file);
        try {
            KeyStore store = KeyStore.getInstance(type(thing, file, bytes));
            store.load(new ByteArrayInputStream(bytes), password.copy());
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new TlsConfigurationException(
                        Problem.WRONG_PASSWORD,
                        thing,
                        file.toString(),
                        "is not opened by the password. Check the password by: keytool -list -keystore <file>",
                        e);
            }
            throw malformed(thing, file, "cannot be read: " + e.getMessage() + ". Is the file cut off?", e);
        } catch (GeneralSecurityException e) {
            throw malformed(thing, file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static String type(String thing, Path file, byte[] bytes) {
        if (bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == JKS) {
            return "JKS";
        }
        if (bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
            return "PKCS12";
        }
        throw new TlsConfigurationException(
                Problem.MALFORMED,
                thing,
                file.toString(),
                "is neither PKCS#12 nor JKS. PEM files are read by TrustAnchors.pem and ClientIdentity.pem");
    }

    private static TlsConfigurationException malformed(String thing, Path file, String words, Exception cause) {
        return new TlsConfigurationException(Problem.MALFORMED, thing, file.toString(), words, cause);
    }
}
