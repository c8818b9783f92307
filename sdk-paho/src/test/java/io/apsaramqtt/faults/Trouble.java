package io.apsaramqtt.faults;

import static io.apsaramqtt.test.Direction.TO_BROKER;
import static io.apsaramqtt.test.Direction.TO_CLIENT;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.test.Direction;
import io.apsaramqtt.test.FaultProxy;
import io.apsaramqtt.test.PacketType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What faults are inflicted on: a client, and the network between it and its broker. */
class Trouble {

    /** Faults of the network that lose no message of QoS 1 where the broker keeps the session. */
    static final List<NamedFault<Trouble>> OF_THE_NETWORK = List.of(
            new NamedFault<>("cut", on -> on.proxy.cutAll()),
            new NamedFault<>("cut with RST", on -> {
                on.proxy.resetOnCut(true);
                on.proxy.cutAll();
                on.proxy.resetOnCut(false);
            }),
            new NamedFault<>(
                    "cut before PUBLISH reaches the broker", on -> on.cutBefore(TO_BROKER, PacketType.PUBLISH)),
            new NamedFault<>("cut after PUBLISH reached the broker", on -> on.cutAfter(TO_BROKER, PacketType.PUBLISH)),
            new NamedFault<>(
                    "cut before PUBLISH reaches the client", on -> on.cutBefore(TO_CLIENT, PacketType.PUBLISH)),
            new NamedFault<>("cut after PUBLISH reached the client", on -> on.cutAfter(TO_CLIENT, PacketType.PUBLISH)),
            new NamedFault<>(
                    "cut in the middle of what the client sends",
                    on -> on.proxy.cutAfterBytes(TO_BROKER, 4_001).get()),
            new NamedFault<>(
                    "cut in the middle of what the broker sends",
                    on -> on.proxy.cutAfterBytes(TO_CLIENT, 4_001).get()),
            new NamedFault<>("half-closed towards the client", on -> {
                on.proxy.halfClose(TO_CLIENT);
                on.awaitLoss();
            }),
            new NamedFault<>("half-closed towards the broker", on -> {
                on.proxy.halfClose(TO_BROKER);
                on.awaitLoss();
            }),
            new NamedFault<>("black hole in both directions", on -> on.hole(on.proxy::blackHole)),
            new NamedFault<>("black hole towards the broker", on -> on.hole(() -> on.proxy.blackHole(TO_BROKER))),
            new NamedFault<>("black hole towards the client", on -> on.hole(() -> on.proxy.blackHole(TO_CLIENT))),
            new NamedFault<>("port gone, then back", on -> {
                on.proxy.closePort();
                on.proxy.cutAll();
                await().until(() -> on.client.statistics().failedAttempts() > 2);
                on.proxy.openPort();
            }),
            new NamedFault<>("nobody answers the next connection", on -> {
                on.proxy.blackHole();
                on.proxy.cutAll();
                on.awaitConnections(1);
                on.proxy.heal();
                on.proxy.cutAll();
            }),
            new NamedFault<>("CONNACK is dropped", on -> {
                var dropped = on.proxy.dropPackets(TO_CLIENT, PacketType.CONNACK, 1);
                on.proxy.cutAll();
                dropped.get();
            }),
            new NamedFault<>("cut before CONNACK, twice", on -> {
                var first = on.proxy.cutBefore(TO_CLIENT, PacketType.CONNACK, 1);
                on.proxy.cutAll();
                first.get();
                on.cutBefore(TO_CLIENT, PacketType.CONNACK);
            }),
            new NamedFault<>("cut after CONNECT", on -> {
                var cut = on.proxy.cutAfter(TO_BROKER, PacketType.CONNECT, 1);
                on.proxy.cutAll();
                cut.get();
            }),
            new NamedFault<>("latency of 100 ms", on -> {
                on.proxy.latency(TO_BROKER, Duration.ofMillis(100));
                on.proxy.latency(TO_CLIENT, Duration.ofMillis(100));
                long before = on.proxy.bytes(TO_CLIENT);
                await().until(() -> on.proxy.bytes(TO_CLIENT) > before + 2_000);
                on.proxy.heal();
            }),
            new NamedFault<>("a slow drip, then a cut", on -> {
                on.proxy.drip(TO_CLIENT, Duration.ofMillis(2));
                long before = on.proxy.bytes(TO_CLIENT);
                await().until(() -> on.proxy.bytes(TO_CLIENT) > before + 200);
                on.proxy.heal();
                on.proxy.cutAll();
            }),
            new NamedFault<>("held back, then let go", on -> {
                on.proxy.hold(TO_BROKER);
                on.proxy.hold(TO_CLIENT);
                on.proxy.release(TO_BROKER);
                on.proxy.release(TO_CLIENT);
            }),
            new NamedFault<>("five cuts in a row", on -> {
                for (int i = 0; i < 5; i++) {
                    on.proxy.cutAll();
                    on.awaitLoss();
                    on.awaitBack();
                }
            }));

    /** Cuts at each step of an exactly-once delivery to the broker. */
    static final List<NamedFault<Trouble>> OF_PUBLISHING_EXACTLY_ONCE = Stream.of(
                    cuts(TO_CLIENT, PacketType.PUBREC),
                    cuts(TO_BROKER, PacketType.PUBREL),
                    cuts(TO_CLIENT, PacketType.PUBCOMP))
            .flatMap(List::stream)
            .toList();

    /** Cuts at each step of one from the broker. */
    static final List<NamedFault<Trouble>> OF_RECEIVING_EXACTLY_ONCE = Stream.of(
                    cuts(TO_BROKER, PacketType.PUBREC),
                    cuts(TO_CLIENT, PacketType.PUBREL),
                    cuts(TO_BROKER, PacketType.PUBCOMP))
            .flatMap(List::stream)
            .toList();

    final FaultProxy proxy;
    final ApsaraMqttClient client;

    Trouble(FaultProxy proxy, ApsaraMqttClient client) {
        this.proxy = proxy;
        this.client = client;
    }

    private static List<NamedFault<Trouble>> cuts(Direction direction, PacketType type) {
        String what = type + (direction == TO_BROKER ? " to the broker" : " to the client");
        return List.of(
                new NamedFault<>("cut before " + what, on -> on.cutBefore(direction, type)),
                new NamedFault<>("cut after " + what, on -> on.cutAfter(direction, type)));
    }

    void awaitLoss() {
        await().atMost(Duration.ofSeconds(20)).until(() -> client.state() != ConnectionState.CONNECTED);
    }

    void awaitBack() {
        await().atMost(Duration.ofSeconds(30)).until(client::isConnected);
    }

    void awaitConnections(int more) {
        long before = proxy.accepted();
        await().atMost(Duration.ofSeconds(20)).until(() -> proxy.accepted() >= before + more);
    }

    void cutBefore(Direction direction, PacketType type) throws Exception {
        proxy.cutBefore(direction, type, 1).get();
    }

    void cutAfter(Direction direction, PacketType type) throws Exception {
        proxy.cutAfter(direction, type, 1).get();
    }

    void hole(Runnable hole) {
        hole.run();
        awaitLoss();
        proxy.heal();
        proxy.cutAll();
    }
}
