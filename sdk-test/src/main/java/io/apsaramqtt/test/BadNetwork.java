package io.apsaramqtt.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What lies between the clients of a proxy and their broker: a port, a link in each direction, connections. Thread-safe. */
final class BadNetwork {

    private final InetSocketAddress broker;
    private final Map<Direction, Link> links = new EnumMap<>(Direction.class);
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final ProxyPort port;
    private volatile boolean resetsOnCut;

    BadNetwork(InetSocketAddress broker) throws IOException {
        this.broker = broker;
        for (Direction direction : Direction.values()) {
            links.put(direction, new Link());
        }
        this.port = new ProxyPort(this::enter);
    }

    private void enter(Socket client) {
        String name = "fault-proxy-" + port.number() + "-" + accepted.incrementAndGet();
        ProxiedConnection connection = new ProxiedConnection(this, client, name);
        connections.add(connection);
        connection.start();
    }

    void leave(ProxiedConnection connection) {
        connections.remove(connection);
    }

    void forEach(Consumer<ProxiedConnection> action) {
        connections.forEach(action);
    }

    /** Turns a switch, which whoever waits is told. */
    void turn(Direction direction, Consumer<Link> turned) {
        turned.accept(link(direction));
        wake();
    }

    void heal() {
        links.values().forEach(Link::heal);
        wake();
    }

    private void wake() {
        connections.forEach(ProxiedConnection::wake);
    }

    void resetOnCut(boolean reset) {
        resetsOnCut = reset;
    }

    boolean resetsOnCut() {
        return resetsOnCut;
    }

    Link link(Direction direction) {
        return Objects.requireNonNull(links.get(direction));
    }

    ProxyPort port() {
        return port;
    }

    InetSocketAddress broker() {
        return broker;
    }

    long accepted() {
        return accepted.get();
    }

    int open() {
        return connections.size();
    }

    /** Nothing of a proxy keeps the JVM alive. */
    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
