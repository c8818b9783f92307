package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.proxy.ProxySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Asks a SOCKS 5 proxy to connect (RFC 1928), with user and password where there are any (RFC 1929). */
final class Socks5Tunnel {

    private static final int VERSION = 5;
    private static final int PASSWORD_VERSION = 1;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USER_AND_PASSWORD = 2;
    private static final int NONE_ACCEPTABLE = 0xFF;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int LONGEST_NAME = 255;

    private Socks5Tunnel() {}

    static void open(ProxyConversation proxy, String host, int port) throws IOException {
        proxy.say(
                proxy.proxy().user().isPresent()
                        ? new byte[] {VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD}
                        : new byte[] {VERSION, 1, NO_AUTHENTICATION});
        int version = proxy.hear();
        if (version != VERSION) {
            throw proxy.failure("does not speak SOCKS 5: its first byte is 0x" + Integer.toHexString(version)
                    + ". Check its port; an HTTP proxy is given by ProxySettings.http");
        }
        int method = proxy.hear();
        if (method == USER_AND_PASSWORD && proxy.proxy().user().isPresent()) {
            authenticate(proxy);
        } else if (method != NO_AUTHENTICATION) {
            throw proxy.failure(
                    method == NONE_ACCEPTABLE && proxy.proxy().user().isEmpty()
                            ? "demands authentication. Give user and password by ProxySettings.withCredentials"
                            : "demands an authentication (method 0x" + Integer.toHexString(method)
                                    + ") that is not known here; known are none, and user and password");
        }
        connect(proxy, host, port);
    }

    private static void authenticate(ProxyConversation proxy) throws IOException {
        ProxySettings settings = proxy.proxy();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(PASSWORD_VERSION);
        writeText(out, CharBuffer.wrap(settings.user().orElse("")));
        writeText(out, CharBuffer.wrap(settings.password()));
        proxy.say(out.toByteArray());
        proxy.hear();
        int status = proxy.hear();
        if (status != 0) {
            throw proxy.failure("did not accept user and password (status 0x" + Integer.toHexString(status) + ")");
        }
    }

    private static void writeText(ByteArrayOutputStream out, CharBuffer text) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        out.write(bytes.remaining());
        while (bytes.hasRemaining()) {
            out.write(bytes.get());
        }
    }

    private static void connect(ProxyConversation proxy, String host, int port) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.write(CONNECT);
        out.write(0);
        writeHost(proxy, out, host);
        out.write(port >> Byte.SIZE);
        out.write(port);
        proxy.say(out.toByteArray());
        proxy.hear();
        int reply = proxy.hear();
        if (reply != 0) {
            throw proxy.failure("did not connect to " + host + ":" + port + ": " + meaning(reply));
        }
        proxy.hear();
        int kind = proxy.hear();
        int rest = (kind == IPV4 ? 4 : kind == IPV6 ? 16 : proxy.hear()) + Short.BYTES;
        for (int i = 0; i < rest; i++) {
            proxy.hear();
        }
    }

    private static void writeHost(ProxyConversation proxy, ByteArrayOutputStream out, String host) throws IOException {
        if (Hosts.isAddress(host)) {
            // No name server is asked for an address.
            byte[] address = InetAddress.getByName(host).getAddress();
            out.write(address.length == 4 ? IPV4 : IPV6);
            out.writeBytes(address);
            return;
        }
        byte[] name = host.getBytes(StandardCharsets.US_ASCII);
        if (name.length > LONGEST_NAME) {
            throw proxy.failure("takes no host name longer than " + LONGEST_NAME + " bytes");
        }
        out.write(NAME);
        out.write(name.length);
        out.writeBytes(name);
    }

    private static String meaning(int reply) {
        return switch (reply) {
            case 1 -> "it failed (reply 0x1). Check its log";
            case 2 -> "its rules do not allow it (reply 0x2). Have host and port allowed";
            case 3 -> "the network cannot be reached from there (reply 0x3)";
            case 4 -> "the host cannot be reached from there (reply 0x4). Check the host of the endpoint";
            case 5 -> "the host refused the connection (reply 0x5). Check the port of the endpoint";
            case 6 -> "the way is too long (reply 0x6)";
            case 7 -> "it does not know the command CONNECT (reply 0x7)";
            case 8 ->
                "it does not know this kind of address (reply 0x8). Write the endpoint with a name, or an IPv4 address";
            default -> "reply 0x" + Integer.toHexString(reply) + ", which RFC 1928 does not know";
        };
    }
}
