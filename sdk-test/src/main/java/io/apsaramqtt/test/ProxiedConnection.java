package io.apsaramqtt.test;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection through a proxy, from the moment it was accepted until both its sockets are closed. Thread-safe. */
final class ProxiedConnection {

    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final BadNetwork network;
    private final Socket client;
    private final String name;
    private final Map<Direction, Pipe> pipes = new EnumMap<>(Direction.class);
    private final Set<Direction> ended = EnumSet.noneOf(Direction.class);
    private @Nullable Socket broker;
    private boolean closed;
    private boolean wasReset;

    ProxiedConnection(BadNetwork network, Socket client, String name) {
        this.network = network;
        this.client = client;
        this.name = name;
    }

    void start() {
        BadNetwork.daemon(name, this::open);
    }

    private void open() {
        if (network.link(Direction.TO_BROKER).isDark()) {
            swallow();
        } else {
            connect(network.broker());
        }
    }

    /** In a black hole not even the first packet reaches the broker, so it hears nothing of this connection. */
    private void swallow() {
        try {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client went, as it may.
        }
        cut(false);
    }

    private void connect(InetSocketAddress address) {
        Socket socket = new Socket();
        try {
            client.setTcpNoDelay(true);
            socket.setTcpNoDelay(true);
            socket.connect(address, CONNECT_TIMEOUT_MILLIS);
        } catch (IOException e) {
            close(socket, false);
            cut(true);
            return;
        }
        join(socket);
    }

    private synchronized void join(Socket socket) {
        if (closed) {
            close(socket, wasReset);
            return;
        }
        broker = socket;
        add(Direction.TO_BROKER, client, socket);
        add(Direction.TO_CLIENT, socket, client);
        pipes.forEach((direction, pipe) -> pipe.start(name + "-" + direction));
    }

    private synchronized void add(Direction direction, Socket source, Socket destination) {
        pipes.put(direction, new Pipe(network.link(direction), this, direction, source, destination));
    }

    synchronized void wake() {
        pipes.values().forEach(Pipe::wake);
    }

    synchronized void halfClose(Direction direction) {
        Pipe pipe = pipes.get(direction);
        if (pipe != null) {
            pipe.halfClose();
        }
    }

    /** Nothing more comes in this direction. When nothing comes in either, the connection is over. */
    void ended(Direction direction) {
        boolean over;
        synchronized (this) {
            ended.add(direction);
            over = ended.size() == Direction.values().length;
        }
        if (over) {
            cut(false);
        }
    }

    /** A destination that is gone would tell its source so, unless that word is lost, too. */
    void destinationGone(Direction direction) {
        if (!network.link(direction.opposite()).isDark()) {
            cut(true);
        }
    }

    /** Ends both sides at once, in the way that the proxy is set to. */
    void cut() {
        cut(network.resetsOnCut());
    }

    /** Ends both sides at once. */
    synchronized void cut(boolean reset) {
        if (closed) {
            return;
        }
        closed = true;
        wasReset = reset;
        pipes.values().forEach(Pipe::close);
        close(client, reset);
        if (broker != null) {
            close(broker, reset);
        }
        network.leave(this);
    }

    private static void close(Socket socket, boolean reset) {
        try (socket) {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // The other side was quicker.
        }
    }
}
