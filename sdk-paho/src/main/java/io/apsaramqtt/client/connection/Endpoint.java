package io.apsaramqtt.client.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a broker listens. A bare host means TLS on port 8883; plain TCP only where {@code tcp://} or {@code mqtt://} is
 * written.
 *
 * <p>Immutable.
 *
 * @param scheme how it is reached
 * @param host name or address, an IPv6 address in brackets
 * @param port TCP port
 * @param path path of a WebSocket endpoint, otherwise empty
 */
public record Endpoint(Scheme scheme, String host, int port, String path) {

    private static final int MAX_PORT = 65_535;
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    /** How a broker is reached, with the service's port for it. */
    public enum Scheme {
        /** Plain TCP, port 1883. Anyone on the way can read and change it. */
        TCP(1883),
        /** TLS, port 8883. */
        SSL(8883),
        /** WebSocket, port 80. */
        WS(80),
        /** WebSocket over TLS, port 443. */
        WSS(443);

        private final int defaultPort;

        Scheme(int defaultPort) {
            this.defaultPort = defaultPort;
        }

        static Scheme of(String endpoint, String scheme) {
            return switch (scheme.toLowerCase(Locale.ROOT)) {
                case "tcp", "mqtt" -> TCP;
                case "ssl", "tls", "mqtts" -> SSL;
                case "ws" -> WS;
                case "wss" -> WSS;
                default ->
                    throw new InvalidEndpointException(
                            endpoint,
                            "has the scheme '" + scheme
                                    + "'; allowed are ssl, tls, mqtts, tcp, mqtt, wss and ws, or none for ssl");
            };
        }

        /** Whether MQTT is wrapped in WebSocket. */
        public boolean isWebSocket() {
            return this == WS || this == WSS;
        }

        /** Whether the connection is encrypted. */
        public boolean isTls() {
            return this == SSL || this == WSS;
        }
    }

    /**
     * The endpoint {@code text}, such as {@code post-cn-x.mqtt.aliyuncs.com} or {@code tcp://127.0.0.1:1883}.
     *
     * @throws InvalidEndpointException if it is none
     */
    public static Endpoint parse(String text) {
        String trimmed = text.trim();
        if (trimmed.indexOf('@') >= 0 || trimmed.indexOf('?') >= 0 || trimmed.indexOf('#') >= 0) {
            // First of all: what is wrong with the rest must not be told together with a password.
            throw new InvalidEndpointException(
                    mask(trimmed), "holds more than scheme, host, port and path. Give the credentials to the builder");
        }
        int mark = trimmed.indexOf("://");
        Scheme scheme = mark < 0 ? Scheme.SSL : Scheme.of(text, trimmed.substring(0, mark));
        URI uri = authority(text, mark < 0 ? trimmed : trimmed.substring(mark + 3));
        String host = uri.getHost();
        if (host == null) {
            throw new InvalidEndpointException(
                    text,
                    uri.getRawAuthority() != null && uri.getRawAuthority().contains("_")
                            ? "has an underscore in its host, which RFC 952 and RFC 3986 do not allow and Paho cannot"
                                    + " connect to. Use a name without it, such as a network alias, or the IP address"
                            : "has no host; write, for example, post-cn-x.mqtt.aliyuncs.com");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw new InvalidEndpointException(
                    text, "has the port " + uri.getPort() + "; allowed are 1 to " + MAX_PORT);
        }
        String path = uri.getRawPath();
        if (!scheme.isWebSocket() && !path.isEmpty() && !"/".equals(path)) {
            throw new InvalidEndpointException(text, "has the path [" + path + "], which only ws and wss may have");
        }
        return new Endpoint(
                scheme,
                host,
                uri.getPort() < 0 ? scheme.defaultPort : uri.getPort(),
                !scheme.isWebSocket() ? "" : path.isEmpty() || "/".equals(path) ? "/mqtt" : path);
    }

    private static String mask(String text) {
        int mark = text.indexOf("://");
        String scheme = mark < 0 ? "" : text.substring(0, mark + 3);
        String rest = text.substring(scheme.length());
        int at = rest.lastIndexOf('@');
        return scheme + (at < 0 ? rest : "****" + rest.substring(at)).replaceAll("[?#].*", "?****");
    }

    private static URI authority(String text, String rest) {
        try {
            return new URI("//" + rest);
        } catch (URISyntaxException e) {
            throw new InvalidEndpointException(
                    text, "is not a host with an optional port: " + e.getReason() + " at index " + e.getIndex());
        }
    }

    /** Whether the host is this machine, told without asking a name server. */
    public boolean isLoopback() {
        return "localhost".equalsIgnoreCase(host) || LOOPBACK.matcher(host).matches() || "[::1]".equals(host);
    }

    /** The endpoint as a URI: {@code ssl://post-cn-x.mqtt.aliyuncs.com:8883}. */
    @Override
    public String toString() {
        return scheme.name().toLowerCase(Locale.ROOT) + "://" + host + ":" + port + path;
    }
}
