package io.apsaramqtt.client.proxy;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxy was not reached, or did not make the connection. A checked exception of the network: users find it as the cause
 * of the failed connection.
 *
 * <p>Immutable.
 */
public final class ProxyException extends IOException {

    private final transient ProxySettings proxy;
    private final @Nullable String answer;

    /**
     * A failure of {@code proxy}.
     *
     * @param answer the status line of an HTTP proxy, null if there was none
     * @param problem what is wrong and what to do, after the proxy
     */
    public ProxyException(ProxySettings proxy, @Nullable String answer, String problem) {
        super("proxy [" + proxy + "] " + problem);
        this.proxy = proxy;
        this.answer = answer;
    }

    /** Which proxy. */
    public ProxySettings proxy() {
        return proxy;
    }

    /** The status line, if an HTTP proxy sent one. */
    public Optional<String> answer() {
        return Optional.ofNullable(answer);
    }
}
