package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TestAuthority.Issued;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/** Writes key stores and trust stores. */
final class Stores {

    private Stores() {}

    /** What is put into a store. */
    @FunctionalInterface
    private interface Content {
        void into(KeyStore store) throws GeneralSecurityException;
    }

    static Path trust(Path file, String type, String password, X509Certificate certificate) {
        return write(file, type, password, store -> store.setCertificateEntry("ca", certificate));
    }

    static Path keys(Path file, String type, String password, String keyPassword, Issued... issued) {
        return write(file, type, password, store -> {
            for (int i = 0; i < issued.length; i++) {
                store.setKeyEntry(
                        "key-" + i,
                        issued[i].keys().getPrivate(),
                        keyPassword.toCharArray(),
                        issued[i].chain().toArray(X509Certificate[]::new));
            }
        });
    }

    private static Path write(Path file, String type, String password, Content content) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            content.into(store);
            store.store(out, password.toCharArray());
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
