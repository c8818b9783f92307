package io.apsaramqtt.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on this machine that knows every host name as this machine. Speaks HTTP CONNECT and SOCKS 5, demands credentials
 * if it has some, and remembers where clients wanted to go.
 */
public final class TestProxy implements AutoCloseable {

    private final ServerSocket server;
    private final String credentials;
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private TestProxy(String credentials) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.credentials = credentials;
        start(() -> {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                start(() -> serve(client));
            }
        });
    }

    /** A proxy for everyone. */
    public static TestProxy open() throws IOException {
        return new TestProxy("");
    }

    /** A proxy for who knows these, as {@code user:password}. */
    public static TestProxy demanding(String credentials) throws IOException {
        return new TestProxy(credentials);
    }

    /** Something that a thread does until its sockets are closed. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // The test is over, or one side has hung up.
                    }
                },
                "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            int first = in.read();
            int port = first == 5 ? socks(in, client.getOutputStream()) : http(first, in, client.getOutputStream());
            if (port > 0) {
                tunnel(client, port);
            }
        }
    }

    private int http(int first, InputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        String expected = "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        String target = head.toString().split(" ", -1)[1];
        targets.add(target);
        if (!credentials.isEmpty() && !head.toString().contains(expected + "\r\n")) {
            out.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            return 0;
        }
        out.write("HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    }

    private int socks(DataInputStream in, OutputStream out) throws IOException {
        byte[] methods = in.readNBytes(in.read());
        boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
        if (credentials.isEmpty()) {
            out.write(new byte[] {5, 0});
        } else if (!offered) {
            out.write(new byte[] {5, (byte) 0xFF});
            return 0;
        } else {
            out.write(new byte[] {5, 2});
            in.readByte();
            String user = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
            String password = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
            boolean known = credentials.equals(user + ":" + password);
            out.write(new byte[] {1, (byte) (known ? 0 : 1)});
            if (!known) {
                return 0;
            }
        }
        in.readNBytes(3);
        int kind = in.read();
        String host = kind == 3
                ? new String(in.readNBytes(in.read()), StandardCharsets.US_ASCII)
                : InetAddress.getByAddress(in.readNBytes(kind == 1 ? 4 : 16)).getHostAddress();
        int port = in.readUnsignedShort();
        targets.add(host + ":" + port);
        // Bound to a name: its length counts, too.
        out.write(new byte[] {5, 0, 0, 3, 4, 't', 'e', 's', 't', 0, 80});
        return port;
    }

    private void tunnel(Socket client, int port) throws IOException {
        try (Socket broker = new Socket(InetAddress.getLoopbackAddress(), port)) {
            sockets.add(broker);
            broker.setTcpNoDelay(true);
            start(() -> {
                try (broker) {
                    client.getInputStream().transferTo(broker.getOutputStream());
                }
            });
            broker.getInputStream().transferTo(client.getOutputStream());
        }
    }

    /** Where clients wanted to go, as they said it. */
    public List<String> targets() {
        return targets;
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket each : sockets) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
