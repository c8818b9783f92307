package io.apsaramqtt.test;

import io.apsaramqtt.test.PacketRules.Fate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A bad network in this JVM: clients connect to {@link #endpoint()} at 127.0.0.1 instead of to their broker, and the test
 * decides what happens to their bytes.
 *
 * <p>All faults can be switched while connections are open, and hold for these as for later ones. They add up; {@link #heal()}
 * ends them. Only faults that name a {@link PacketType} understand MQTT, so only they ask for a connection without TLS and
 * without WebSocket. A connection that the broker does not take is accepted and reset.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port())) {
 *     // connect the application to proxy.endpoint(), then lose the next acknowledgement:
 *     proxy.cutBefore(Direction.TO_CLIENT, PacketType.PUBACK, 1);
 * }
 * }</pre>
 *
 * <p>Thread-safe. No method waits for the network. All threads are daemons; each direction of each connection has its own,
 * so that a stalled one stalls no other.
 */
public final class FaultProxy implements AutoCloseable {

    private final BadNetwork network;

    FaultProxy(BadNetwork network) {
        this.network = network;
    }

    /**
     * A proxy on a free port that leads to this host and port, without a fault.
     *
     * @throws UncheckedIOException if no port is free
     */
    public static FaultProxy to(String host, int port) {
        try {
            FaultProxy proxy = new FaultProxy(new BadNetwork(new InetSocketAddress(host, port)));
            proxy.openPort();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port at 127.0.0.1; the same for the whole life of the proxy. */
    public int port() {
        return network.port().number();
    }

    /** Where clients connect to, such as {@code tcp://127.0.0.1:41234}. */
    public String endpoint() {
        return "tcp://127.0.0.1:" + port();
    }

    /**
     * Delivers bytes this much later, in order; {@link Duration#ZERO}, the default, at once. A change holds for bytes under
     * way, too. When 256 KiB of a connection are under way, the sender is held up.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void latency(Direction direction, Duration delay) {
        Duration latency = notNegative("Latency", delay);
        network.turn(direction, link -> link.latency(latency));
    }

    /**
     * Delivers one byte at a time, with this time between two; {@link Duration#ZERO}, the default, as they come.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void drip(Direction direction, Duration perByte) {
        Duration drip = notNegative("Time between two bytes", perByte);
        network.turn(direction, link -> link.drip(drip));
    }

    private static Duration notNegative(String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " [" + duration + "] is negative; allowed is 0 or more");
        }
        return duration;
    }

    /** Keeps bytes, and the end of the stream, until {@link #release}: a network that will recover. The sender is held up. */
    public void hold(Direction direction) {
        network.turn(direction, link -> link.held(true));
    }

    /** Delivers what was held, and what comes. */
    public void release(Direction direction) {
        network.turn(direction, link -> link.held(false));
    }

    /**
     * Takes bytes, and the end of the stream, and delivers nothing, until {@link #heal()}. Towards the broker, new connections
     * are accepted, and the broker hears nothing of them. A connection that lost bytes stays lost: after {@code heal()} only
     * new ones pass.
     */
    public void blackHole(Direction direction) {
        network.turn(direction, link -> link.dark(true));
    }

    /** A black hole in both directions: the other side has gone without a word. */
    public void blackHole() {
        for (Direction direction : Direction.values()) {
            blackHole(direction);
        }
    }

    /** Ends the stream of open connections in this direction; bytes go on passing in the other. */
    public void halfClose(Direction direction) {
        network.forEach(connection -> connection.halfClose(direction));
    }

    /** Whether cuts reset the connection (TCP RST) or close it (FIN), which is the default. */
    public void resetOnCut(boolean reset) {
        network.resetOnCut(reset);
    }

    /** Ends all open connections on both sides. What is under way is lost. */
    public void cutAll() {
        network.forEach(ProxiedConnection::cut);
    }

    /**
     * Ends the connection, on both sides, in which the {@code count}th byte from now on is delivered in this direction, right
     * after it. Happens once; replaces an earlier call for the direction, whose future is cancelled.
     *
     * @return completed when it has happened
     * @throws IllegalArgumentException if the count is less than 1
     */
    public CompletableFuture<Void> cutAfterBytes(Direction direction, long count) {
        return network.link(direction).allow(atLeastOne(count));
    }

    /**
     * Ends the connection, on both sides, in which the {@code nth} packet of this type from now on is about to be delivered:
     * the packets before it arrive, it does not. Happens once.
     *
     * @return completed when it has happened
     * @throws IllegalArgumentException if {@code nth} is less than 1, or such packets never go in this direction
     */
    public CompletableFuture<Void> cutBefore(Direction direction, PacketType type, int nth) {
        return rule(direction, type, Fate.CUTS_BEFORE, nth);
    }

    /**
     * Ends the connection, on both sides, in which the {@code nth} packet of this type from now on was delivered: it arrives,
     * nothing after it does, nor any answer. Happens once.
     *
     * @return completed when it has happened
     * @throws IllegalArgumentException if {@code nth} is less than 1, or such packets never go in this direction
     */
    public CompletableFuture<Void> cutAfter(Direction direction, PacketType type, int nth) {
        return rule(direction, type, Fate.CUTS_AFTER, nth);
    }

    /**
     * Swallows the next {@code count} packets of this type; all others pass.
     *
     * @return completed when the last of them was swallowed
     * @throws IllegalArgumentException if the count is less than 1, or such packets never go in this direction
     */
    public CompletableFuture<Void> dropPackets(Direction direction, PacketType type, int count) {
        return rule(direction, type, Fate.IS_DROPPED, count);
    }

    private CompletableFuture<Void> rule(Direction direction, PacketType type, Fate fate, int count) {
        if (!type.passes(direction)) {
            throw new IllegalArgumentException(
                    "Packet type [" + type + "] never goes " + direction + "; it goes " + direction.opposite());
        }
        return network.link(direction).rule(type, fate, (int) atLeastOne(count));
    }

    private static long atLeastOne(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("Count [" + count + "] is too small; allowed is 1 or more");
        }
        return count;
    }

    /** Refuses new connections, as if no program listened. Open ones stay. */
    public void closePort() {
        try {
            network.port().shut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Accepts connections again, on the same port.
     *
     * @throws UncheckedIOException if another program has taken the port, which is prevented where the system allows it
     */
    public void openPort() {
        try {
            network.port().open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all faults, forgets all that was to happen (futures are cancelled), opens the port. Open connections stay. */
    public void heal() {
        network.heal();
        openPort();
    }

    /** Connections accepted so far. */
    public long accepted() {
        return network.accepted();
    }

    /** Connections of which the proxy still keeps a side open. */
    public int open() {
        return network.open();
    }

    /** Bytes delivered so far in this direction. */
    public long bytes(Direction direction) {
        return network.link(direction).delivered();
    }

    /** Closes the port and ends all connections. */
    @Override
    public void close() {
        closePort();
        cutAll();
        try {
            network.port().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both ends. */
    @Override
    public String toString() {
        return "FaultProxy[" + endpoint() + " to " + network.broker() + "]";
    }
}
