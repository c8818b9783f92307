package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when another AccessKey is given than the time before. Thread-safe. */
final class WatchedCredentials implements CredentialsProvider {

    private static final Logger log = LoggerFactory.getLogger(WatchedCredentials.class);

    private final CredentialsProvider provider;
    private final Consumer<AccessKey> refreshed;
    private final AtomicReference<@Nullable AccessKey> last = new AtomicReference<>();

    WatchedCredentials(CredentialsProvider provider, Consumer<AccessKey> refreshed) {
        this.provider = provider;
        this.refreshed = refreshed;
    }

    @Override
    public AccessKey resolve() {
        AccessKey now = provider.resolve();
        AccessKey before = last.getAndSet(now);
        if (before != null && !before.equals(now)) {
            tell(now);
        }
        return now;
    }

    private void tell(AccessKey now) {
        try {
            refreshed.accept(now);
        } catch (RuntimeException e) {
            // Somebody who is only told must not keep a connection from being signed.
            log.error("Event listener for refreshed credentials failed", e);
        }
    }

    @Override
    public String toString() {
        return provider.toString();
    }
}
