package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.proxy.ProxyException;
import io.apsaramqtt.client.proxy.ProxySettings;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks an HTTP proxy to connect (RFC 9110 section 9.3.6). */
final class HttpTunnel {

    /** More than any proxy has to say before the tunnel. */
    private static final int LONGEST_HEAD = 16 * 1024;

    private static final int LONGEST_LINE = 200;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

    private HttpTunnel() {}

    static void open(ProxyConversation proxy, String host, int port) throws IOException {
        String target = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        proxy.say(
                ("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + authorization(proxy.proxy()) + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        String line = readHead(proxy).lines().findFirst().orElse("");
        String shown = line.replaceAll("\\p{Cntrl}", "?");
        shown = shown.length() <= LONGEST_LINE ? shown : shown.substring(0, LONGEST_LINE) + "...";
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            throw new ProxyException(
                    proxy.proxy(), shown, "answered [" + shown + "], which is not HTTP. Check its port");
        }
        if (!status.group(1).startsWith("2")) {
            throw new ProxyException(
                    proxy.proxy(),
                    shown,
                    "answered [" + shown + "] to CONNECT " + target + ". " + advice(proxy.proxy(), status.group(1)));
        }
    }

    private static String authorization(ProxySettings proxy) {
        return proxy.user()
                .map(user -> {
                    char[] password = proxy.password();
                    byte[] credentials = (user + ":" + CharBuffer.wrap(password)).getBytes(StandardCharsets.UTF_8);
                    return "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(credentials) + "\r\n";
                })
                .orElse("");
    }

    private static String readHead(ProxyConversation proxy) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            if (head.length() == LONGEST_HEAD) {
                throw proxy.failure("answered more than " + LONGEST_HEAD + " bytes without end. Check its port");
            }
            head.append((char) proxy.hear());
        }
        return head.toString();
    }

    private static String advice(ProxySettings proxy, String status) {
        return switch (status) {
            case "407" ->
                proxy.user().isPresent()
                        ? "It did not accept user and password by the scheme Basic"
                        : "Give user and password by ProxySettings.withCredentials";
            case "403", "405" -> "Its rules do not allow this host and port: have them allowed";
            case "502", "503", "504" -> "It did not reach the host: check host and port of the endpoint";
            default -> "Check its log";
        };
    }
}
