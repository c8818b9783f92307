package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.test.EndPoints.End;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that hit a packet, however TCP cuts the packets into pieces. */
class FaultProxyPacketsIT {

    private static final byte[] CONNECT = Packets.of(PacketType.CONNECT, 30);
    private static final byte[] PUBLISH = Packets.of(PacketType.PUBLISH, 200);
    private static final byte[] PUBACK = Packets.of(PacketType.PUBACK, 2);

    private EndPoints ends;
    private FaultProxy proxy;
    private End client;
    private End broker;

    @SuppressWarnings("NullAway.Init") // connect() does it
    FaultProxyPacketsIT() {}

    @BeforeEach
    void connect() throws IOException {
        ends = new EndPoints();
        proxy = ends.proxy();
        client = ends.client();
        broker = ends.broker();
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
    }

    private static void sendInPieces(End end, int size, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += size) {
            end.send(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
    }

    private static void assertHappened(CompletableFuture<Void> fault) {
        assertThat(fault).succeedsWithin(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void aCutBeforeAPacketDeliversAllThatCameEarlierAndNothingOfIt(int size) throws IOException {
        CompletableFuture<Void> cut = proxy.cutBefore(Direction.TO_BROKER, PacketType.PUBLISH, 2);
        sendInPieces(client, size, Packets.join(CONNECT, PUBLISH, Packets.of(PacketType.PUBLISH, 0)));
        broker.receives(Packets.join(CONNECT, PUBLISH));
        broker.receivesEnd();
        client.receivesEnd();
        assertHappened(cut);
    }

    @Test
    void aCutBeforeTheFirstPacketDeliversNothing() throws IOException {
        proxy.cutBefore(Direction.TO_BROKER, PacketType.CONNECT, 1);
        client.send(CONNECT);
        broker.receivesEnd();
        assertThat(proxy.bytes(Direction.TO_BROKER)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void aCutAfterAPacketDeliversAllOfItAndNothingLater(int size) throws IOException {
        CompletableFuture<Void> cut = proxy.cutAfter(Direction.TO_BROKER, PacketType.PUBLISH, 2);
        CompletableFuture<Void> sent = CompletableFuture.runAsync(
                () -> sendInPieces(client, size, Packets.join(CONNECT, PUBLISH, PUBLISH, PUBLISH)));
        broker.receives(Packets.join(CONNECT, PUBLISH, PUBLISH));
        broker.receivesEnd();
        assertHappened(cut);
        assertThat(proxy.bytes(Direction.TO_BROKER)).isEqualTo(CONNECT.length + 2 * PUBLISH.length);
        // It may have been told of the cut while it was sending.
        sent.exceptionally(e -> null).join();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void droppedPacketsAreMissingAndAllOthersPass(int size) {
        CompletableFuture<Void> dropped = proxy.dropPackets(Direction.TO_CLIENT, PacketType.PUBACK, 2);
        sendInPieces(broker, size, Packets.join(PUBACK, PUBLISH, PUBACK, PUBLISH, PUBACK));
        client.receives(Packets.join(PUBLISH, PUBLISH, PUBACK));
        assertHappened(dropped);
    }

    @Test
    void packetsAreCountedOverAllConnectionsFromTheCallOn() throws IOException {
        client.send(PUBLISH);
        broker.receives(PUBLISH);
        CompletableFuture<Void> cut = proxy.cutBefore(Direction.TO_BROKER, PacketType.PUBLISH, 2);
        client.send(PUBLISH);
        broker.receives(PUBLISH);
        End second = ends.client();
        second.send(PUBLISH);
        ends.broker().receivesEnd();
        assertHappened(cut);
        client.send(PUBLISH);
        broker.receives(PUBLISH);
    }

    @Test
    void aCutHappensOnce() throws IOException {
        proxy.cutAfter(Direction.TO_BROKER, PacketType.CONNECT, 1);
        client.send(CONNECT);
        broker.receives(CONNECT);
        broker.receivesEnd();
        End again = ends.client();
        again.send(Packets.join(CONNECT, CONNECT));
        ends.broker().receives(Packets.join(CONNECT, CONNECT));
    }

    @Test
    void whoWaitsForACutIsToldWhenTheConnectionEndsInTheMiddleOfThePacket() {
        CompletableFuture<Void> cut = proxy.cutAfter(Direction.TO_BROKER, PacketType.PUBLISH, 1);
        client.send(new byte[] {0x30, 100, 1, 2, 3});
        broker.receives(new byte[] {0x30, 100, 1, 2, 3});
        assertThat(cut).isNotDone();
        proxy.cutAll();
        assertHappened(cut);
    }

    @Test
    void bytesThatAreNoMqttPassUnlessAPacketIsNamed() {
        byte[] other = {0, 1, 2, 3, 4, 5};
        client.send(other);
        broker.receives(other);
        client.send(PUBLISH);
        broker.receives(PUBLISH);
    }
}
