package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One private key of a key store. Immutable.
 *
 * @param alias of the key, null for the only one
 */
record StoredKey(
        Path file, Password storePassword, @Nullable String alias, Password keyPassword) {

    private static final String THING = "Key store";

    KeyAndCertificates read() {
        KeyStore store = StoreFile.load(THING, file, storePassword);
        try {
            String found = find(store);
            if (store.getKey(found, keyPassword.copy()) instanceof PrivateKey key) {
                List<X509Certificate> certificates = Arrays.stream(store.getCertificateChain(found))
                        .map(X509Certificate.class::cast)
                        .toList();
                return KeyAndCertificates.of(key, certificates, file.toString());
            }
            throw failure(Problem.NO_KEY_ENTRY, "has no private key under the alias [" + found + "]", null);
        } catch (UnrecoverableKeyException e) {
            throw failure(
                    Problem.WRONG_PASSWORD,
                    "is opened by the password, but its private key is not. Give the password of the key, too",
                    e);
        } catch (GeneralSecurityException e) {
            throw failure(Problem.MALFORMED, "cannot be read: " + e.getMessage(), e);
        }
    }

    private String find(KeyStore store) throws KeyStoreException {
        List<String> keys = new ArrayList<>();
        for (String each : Collections.list(store.aliases())) {
            if (store.isKeyEntry(each)) {
                keys.add(each);
            }
        }
        if (keys.isEmpty()) {
            throw failure(
                    Problem.NO_KEY_ENTRY,
                    "holds no private key. If it holds certificates alone, it is a trust store: see TrustAnchors.store",
                    null);
        }
        if (alias == null && keys.size() == 1) {
            return keys.get(0);
        }
        if (alias == null) {
            throw failure(Problem.NO_KEY_ENTRY, "holds several private keys: name one of the aliases " + keys, null);
        }
        if (!store.isKeyEntry(alias)) {
            throw failure(
                    Problem.NO_KEY_ENTRY,
                    "has no private key under the alias [" + alias + "]; there are " + keys,
                    null);
        }
        return alias;
    }

    private TlsConfigurationException failure(Problem problem, String words, @Nullable Exception cause) {
        return new TlsConfigurationException(problem, THING, file.toString(), words, cause);
    }
}
