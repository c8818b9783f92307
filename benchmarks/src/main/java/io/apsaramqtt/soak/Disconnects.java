package io.apsaramqtt.soak;

import static io.apsaramqtt.test.Direction.TO_BROKER;
import static io.apsaramqtt.test.Direction.TO_CLIENT;

import io.apsaramqtt.test.Direction;
import io.apsaramqtt.test.FaultProxy;
import io.apsaramqtt.test.PacketType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * Breaks the connection of a client in many ways: each once, in an order of chance, before any comes again. Thread-safe; no
 * connection is broken while {@link #holdOff} runs.
 */
final class Disconnects {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PACKET_SECONDS = 10;

    private final FaultProxy proxy;
    private final BooleanSupplier connected;
    private final Random random;
    private final List<Fault> kinds;
    private final Queue<Fault> round = new ArrayDeque<>();

    /** What is done to the connection; ended, but for a connection that is lost, when it returns. */
    @FunctionalInterface
    private interface Fault {
        void inflict() throws Exception;
    }

    Disconnects(FaultProxy proxy, BooleanSupplier connected, Random random) {
        this.proxy = proxy;
        this.connected = connected;
        this.random = random;
        this.kinds = kinds();
    }

    private List<Fault> kinds() {
        List<Fault> all = new ArrayList<>(List.of(
                proxy::cutAll,
                this::reset,
                () -> within(proxy.cutAfterBytes(TO_BROKER, 1 + random.nextInt(4_000))),
                () -> within(proxy.cutAfterBytes(TO_CLIENT, 1 + random.nextInt(4_000))),
                () -> untilLost(() -> proxy.halfClose(TO_CLIENT)),
                () -> untilLost(() -> proxy.halfClose(TO_BROKER)),
                () -> untilLost(proxy::blackHole),
                () -> untilLost(() -> proxy.blackHole(TO_BROKER)),
                () -> untilLost(() -> proxy.blackHole(TO_CLIENT)),
                this::portGone,
                () -> atConnect(proxy.dropPackets(TO_CLIENT, PacketType.CONNACK, 1)),
                () -> atConnect(proxy.cutBefore(TO_CLIENT, PacketType.CONNACK, 1)),
                () -> atConnect(proxy.cutAfter(TO_BROKER, PacketType.CONNECT, 1))));
        for (PacketType type : List.of(
                PacketType.PUBLISH, PacketType.PUBACK, PacketType.PUBREC, PacketType.PUBREL, PacketType.PUBCOMP)) {
            for (Direction direction : Direction.values()) {
                all.add(() -> within(proxy.cutBefore(direction, type, 1 + random.nextInt(3))));
                all.add(() -> within(proxy.cutAfter(direction, type, 1 + random.nextInt(3))));
            }
        }
        return all;
    }

    private void reset() {
        proxy.resetOnCut(true);
        proxy.cutAll();
        proxy.resetOnCut(false);
    }

    private void within(Future<Void> cut) throws Exception {
        try {
            cut.get(PACKET_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // No such packet came by.
            proxy.heal();
            proxy.cutAll();
        }
    }

    private void atConnect(Future<Void> fault) throws Exception {
        proxy.cutAll();
        within(fault);
    }

    private void untilLost(Runnable fault) {
        fault.run();
        await(() -> !connected.getAsBoolean());
        proxy.heal();
        proxy.cutAll();
    }

    private void portGone() {
        proxy.closePort();
        untilLost(proxy::cutAll);
    }

    /** Breaks the connection in the next way, and waits until the client is back. */
    synchronized void next() throws Exception {
        if (round.isEmpty()) {
            List<Fault> shuffled = new ArrayList<>(kinds);
            Collections.shuffle(shuffled, random);
            round.addAll(shuffled);
        }
        round.remove().inflict();
        await(connected);
    }

    /** Runs this while the client is connected and nothing is done to its connection. */
    synchronized void holdOff(Runnable task) {
        await(connected);
        task.run();
    }

    /** Ends what is still done to the connection. */
    synchronized void end() {
        proxy.heal();
        proxy.cutAll();
    }

    /** How long until the next time, so many times a minute on average. */
    synchronized Duration pause(int timesAMinute) {
        long average = Duration.ofMinutes(1).toMillis() / timesAMinute;
        return Duration.ofMillis(average / 2 + random.nextLong(average));
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(condition::getAsBoolean);
    }
}
