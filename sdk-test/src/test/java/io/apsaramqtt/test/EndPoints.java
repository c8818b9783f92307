package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The two ends of connections through a proxy, as plain sockets. A read that gets nothing fails after 20 seconds. */
final class EndPoints implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final BadNetwork network;
    private final FaultProxy proxy;

    EndPoints() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(PATIENCE_MILLIS);
        network = new BadNetwork(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
        proxy = new FaultProxy(network);
        proxy.openPort();
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** Bytes that the proxy has read, whether or not it delivered them. */
    long taken(Direction direction) {
        return network.link(direction).taken();
    }

    /** A client that the proxy accepts. */
    End client() {
        try {
            return end(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The broker's side of the next connection that reaches it. */
    End broker() throws IOException {
        return end(listener.accept());
    }

    void stopBroker() throws IOException {
        listener.close();
    }

    private End end(Socket socket) throws IOException {
        sockets.add(socket);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new End(socket);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        proxy.close();
        listener.close();
    }

    /** One end of a connection. */
    record End(Socket socket) {

        void send(String text) {
            send(text.getBytes(StandardCharsets.US_ASCII));
        }

        void send(byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void receives(String text) {
            receives(text.getBytes(StandardCharsets.US_ASCII));
        }

        void receives(byte[] bytes) {
            try {
                assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The stream ended, without a reset. */
        void receivesEnd() throws IOException {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
