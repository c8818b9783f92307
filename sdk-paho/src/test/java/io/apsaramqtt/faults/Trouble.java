package io.apsaramqtt.faults;

import static io.apsaramqtt.test.Direction.TO_BROKER;
import static io.apsaramqtt.test.Direction.TO_CLIENT;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.mosquitto.MosquittoBroker;
import io.apsaramqtt.test.Direction;
import io.apsaramqtt.test.FaultProxy;
import io.apsaramqtt.test.PacketType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The faults that a client is put to, between it and a broker. Each has ended when its call returns. */
final class Trouble {

    private final FaultProxy proxy;
    private final MosquittoBroker broker;
    private final ApsaraMqttClient client;

    @SuppressWarnings("NullAway") // named() has faults that are never inflicted
    private Trouble() {
        proxy = null;
        broker = null;
        client = null;
    }

    Trouble(FaultProxy proxy, MosquittoBroker broker, ApsaraMqttClient client) {
        this.proxy = proxy;
        this.broker = broker;
        this.client = client;
    }

    /** The faults by name alone, before there is anything to inflict them on. */
    static Trouble named() {
        return new Trouble();
    }

    private void awaitLoss() {
        await().atMost(Duration.ofSeconds(20)).until(() -> client.state() != ConnectionState.CONNECTED);
    }

    private void awaitBack() {
        await().atMost(Duration.ofSeconds(20)).until(client::isConnected);
    }

    private void awaitConnections(int more) {
        long before = proxy.accepted();
        await().atMost(Duration.ofSeconds(20)).until(() -> proxy.accepted() >= before + more);
    }

    private void cutBefore(Direction direction, PacketType type) throws Exception {
        proxy.cutBefore(direction, type, 1).get();
    }

    private void cutAfter(Direction direction, PacketType type) throws Exception {
        proxy.cutAfter(direction, type, 1).get();
    }

    private void hole(Runnable hole) {
        hole.run();
        awaitLoss();
        proxy.heal();
        proxy.cutAll();
    }

    /** Faults of the network that lose no message of QoS 1 or 2 where the broker keeps the session. */
    List<FaultCase> ofTheNetwork() {
        return List.of(
                new FaultCase("cut", () -> proxy.cutAll()),
                new FaultCase("cut with RST", () -> {
                    proxy.resetOnCut(true);
                    proxy.cutAll();
                    proxy.resetOnCut(false);
                }),
                new FaultCase("cut before PUBLISH reaches the broker", () -> cutBefore(TO_BROKER, PacketType.PUBLISH)),
                new FaultCase("cut after PUBLISH reached the broker", () -> cutAfter(TO_BROKER, PacketType.PUBLISH)),
                new FaultCase("cut before PUBLISH reaches the client", () -> cutBefore(TO_CLIENT, PacketType.PUBLISH)),
                new FaultCase("cut after PUBLISH reached the client", () -> cutAfter(TO_CLIENT, PacketType.PUBLISH)),
                new FaultCase(
                        "cut in the middle of what the client sends",
                        () -> proxy.cutAfterBytes(TO_BROKER, 4_001).get()),
                new FaultCase(
                        "cut in the middle of what the broker sends",
                        () -> proxy.cutAfterBytes(TO_CLIENT, 4_001).get()),
                new FaultCase("half-closed towards the client", () -> {
                    proxy.halfClose(TO_CLIENT);
                    awaitLoss();
                }),
                new FaultCase("half-closed towards the broker", () -> {
                    proxy.halfClose(TO_BROKER);
                    awaitLoss();
                }),
                new FaultCase("black hole in both directions", () -> hole(proxy::blackHole)),
                new FaultCase("black hole towards the broker", () -> hole(() -> proxy.blackHole(TO_BROKER))),
                new FaultCase("black hole towards the client", () -> hole(() -> proxy.blackHole(TO_CLIENT))),
                new FaultCase("port gone, then back", () -> {
                    proxy.closePort();
                    proxy.cutAll();
                    await().until(() -> client.statistics().failedAttempts() > 2);
                    proxy.openPort();
                }),
                new FaultCase("nobody answers the next connection", () -> {
                    proxy.blackHole();
                    proxy.cutAll();
                    awaitConnections(1);
                    proxy.heal();
                    proxy.cutAll();
                }),
                new FaultCase("CONNACK is dropped", () -> {
                    var dropped = proxy.dropPackets(TO_CLIENT, PacketType.CONNACK, 1);
                    proxy.cutAll();
                    dropped.get();
                }),
                new FaultCase("cut before CONNACK, twice", () -> {
                    var first = proxy.cutBefore(TO_CLIENT, PacketType.CONNACK, 1);
                    proxy.cutAll();
                    first.get();
                    cutBefore(TO_CLIENT, PacketType.CONNACK);
                }),
                new FaultCase("cut after CONNECT", () -> {
                    var cut = proxy.cutAfter(TO_BROKER, PacketType.CONNECT, 1);
                    proxy.cutAll();
                    cut.get();
                }),
                new FaultCase("latency of 100 ms", () -> {
                    proxy.latency(TO_BROKER, Duration.ofMillis(100));
                    proxy.latency(TO_CLIENT, Duration.ofMillis(100));
                    long before = proxy.bytes(TO_CLIENT);
                    await().until(() -> proxy.bytes(TO_CLIENT) > before + 2_000);
                    proxy.heal();
                }),
                new FaultCase("a slow drip, then a cut", () -> {
                    proxy.drip(TO_CLIENT, Duration.ofMillis(2));
                    long before = proxy.bytes(TO_CLIENT);
                    await().until(() -> proxy.bytes(TO_CLIENT) > before + 200);
                    proxy.heal();
                    proxy.cutAll();
                }),
                new FaultCase("held back, then let go", () -> {
                    proxy.hold(TO_BROKER);
                    proxy.hold(TO_CLIENT);
                    proxy.release(TO_BROKER);
                    proxy.release(TO_CLIENT);
                }),
                new FaultCase("five cuts in a row", () -> {
                    for (int i = 0; i < 5; i++) {
                        proxy.cutAll();
                        awaitLoss();
                        awaitBack();
                    }
                }));
    }

    /** Faults of a broker that keeps its sessions on disk when it is told to stop. */
    List<FaultCase> ofTheBroker() {
        return List.of(
                new FaultCase("broker restarted (SIGTERM)", () -> {
                    broker.terminate();
                    broker.restart();
                }),
                new FaultCase("broker gone for a while (SIGTERM)", () -> {
                    broker.terminate();
                    await().until(() -> client.statistics().failedAttempts() > 2);
                    broker.restart();
                }),
                new FaultCase("broker stopped for less than a keep-alive", () -> {
                    broker.suspend();
                    broker.resume();
                }),
                new FaultCase("broker stopped for longer than a keep-alive", () -> {
                    broker.suspend();
                    awaitLoss();
                    broker.resume();
                }));
    }

    /** What a broker that is killed takes with it: what it had acknowledged and not delivered. */
    FaultCase killed() {
        return new FaultCase("broker killed (SIGKILL)", () -> {
            broker.kill();
            broker.restart();
        });
    }

    /** Cuts at each step of an exactly-once delivery. */
    List<FaultCase> ofExactlyOnce() {
        return Stream.of(Direction.values())
                .flatMap(direction -> Stream.of(PacketType.PUBREC, PacketType.PUBREL, PacketType.PUBCOMP)
                        .flatMap(type -> Stream.of(
                                new FaultCase(
                                        "cut before " + type + " " + to(direction), () -> cutBefore(direction, type)),
                                new FaultCase(
                                        "cut after " + type + " " + to(direction), () -> cutAfter(direction, type)))))
                .toList();
    }

    private static String to(Direction direction) {
        return direction == TO_BROKER ? "to the broker" : "to the client";
    }
}
