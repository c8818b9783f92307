package io.apsaramqtt.client.proxy;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that connections go through: an HTTP proxy that allows CONNECT (RFC 9110 section 9.3.6), or a SOCKS 5 proxy
 * (RFC 1928). It gets the host of the endpoint by name. Works with every scheme of an endpoint; with TLS, the proxy cannot
 * read the connection.
 *
 * <p>User and password are sent in the clear to the proxy. Nothing is taken from, or set in, {@code java.net.Authenticator}.
 *
 * <p>Immutable.
 */
public final class ProxySettings {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_SOCKS_BYTES = 255;

    /** What the proxy speaks. */
    public enum Kind {
        /** HTTP, with the method CONNECT. */
        HTTP,
        /** SOCKS, version 5. */
        SOCKS5
    }

    private final Kind kind;
    private final String host;
    private final int port;
    private final @Nullable String user;
    private final char[] password;

    private ProxySettings(Kind kind, String host, int port, @Nullable String user, char[] password) {
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == '/')) {
            throw new IllegalArgumentException(
                    "Proxy host [" + host + "] is no host; write, for example, proxy.example.com");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("Proxy port " + port + " is not allowed; allowed are 1 to " + MAX_PORT);
        }
        this.kind = kind;
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password.clone();
    }

    /** An HTTP proxy; throws {@link IllegalArgumentException} if host or port is none. */
    public static ProxySettings http(String host, int port) {
        return new ProxySettings(Kind.HTTP, host, port, null, new char[0]);
    }

    /** A SOCKS 5 proxy; throws {@link IllegalArgumentException} if host or port is none. */
    public static ProxySettings socks5(String host, int port) {
        return new ProxySettings(Kind.SOCKS5, host, port, null, new char[0]);
    }

    /**
     * This proxy with a user, by the scheme Basic (RFC 7617) or by RFC 1929. The password is copied.
     *
     * @throws IllegalArgumentException if the user is blank or, for HTTP, holds a colon; or, for SOCKS 5, if one of the two is
     *     longer than 255 bytes
     */
    public ProxySettings withCredentials(String name, char[] secret) {
        if (name.isBlank() || (kind == Kind.HTTP && name.indexOf(':') >= 0)) {
            throw new IllegalArgumentException("Proxy user [" + name + "] is blank or holds a colon");
        }
        if (kind == Kind.SOCKS5
                && (length(CharBuffer.wrap(name)) > MAX_SOCKS_BYTES
                        || length(CharBuffer.wrap(secret)) > MAX_SOCKS_BYTES)) {
            throw new IllegalArgumentException("Proxy user [" + name + "] or its password is longer than "
                    + MAX_SOCKS_BYTES + " bytes, which SOCKS 5 does" + " not allow");
        }
        return new ProxySettings(kind, host, port, name, secret);
    }

    private static int length(CharBuffer text) {
        return StandardCharsets.UTF_8.encode(text).remaining();
    }

    /** What the proxy speaks. */
    public Kind kind() {
        return kind;
    }

    /** Where the proxy is: a name or an address. */
    public String host() {
        return host;
    }

    /** Its TCP port. */
    public int port() {
        return port;
    }

    /** The user, if there is one. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** A copy of the password, empty without a user. Never log it. */
    public char[] password() {
        return password.clone();
    }

    /** The proxy as a URI, without user and password: {@code http://proxy.example.com:3128}. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "://" + host + ":" + port;
    }
}
