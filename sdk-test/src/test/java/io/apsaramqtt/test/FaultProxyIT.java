package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.test.EndPoints.End;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The proxy between plain sockets. A wait that is to last, lasts an hour: a test ends it, never time. */
class FaultProxyIT {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private EndPoints ends;
    private FaultProxy proxy;
    private End client;
    private End broker;

    @SuppressWarnings("NullAway.Init") // connect() does it
    FaultProxyIT() {}

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
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("fault-proxy-" + proxy.port())));
    }

    private End sender(Direction direction) {
        return direction == Direction.TO_BROKER ? client : broker;
    }

    private End receiver(Direction direction) {
        return direction == Direction.TO_BROKER ? broker : client;
    }

    private void assertPasses(Direction direction, String text) {
        sender(direction).send(text);
        receiver(direction).receives(text);
    }

    private void assertNewConnectionPasses() throws IOException {
        client = ends.client();
        broker = ends.broker();
        assertPasses(Direction.TO_BROKER, "new");
        assertPasses(Direction.TO_CLIENT, "answer");
    }

    @Test
    void bytesPassBothWaysAndAreCounted() {
        assertPasses(Direction.TO_BROKER, "question");
        assertPasses(Direction.TO_CLIENT, "an answer");
        await().until(() -> proxy.bytes(Direction.TO_BROKER) == 8 && proxy.bytes(Direction.TO_CLIENT) == 9);
        assertThat(proxy.accepted()).isEqualTo(1);
        assertThat(proxy.open()).isEqualTo(1);
        assertThat(proxy.endpoint()).isEqualTo("tcp://127.0.0.1:" + proxy.port());
        assertThat(proxy).asString().contains(proxy.endpoint());
    }

    @Test
    void moreThanAllBuffersPassInOrder() throws Exception {
        byte[] much = new byte[4_000_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) (i * 31 + i / 251);
        }
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> client.send(much));
        broker.receives(much);
        sent.get();
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfAStreamPassesAndLeavesTheOtherOpen(Direction direction) throws IOException {
        sender(direction).send("last words");
        sender(direction).socket().shutdownOutput();
        receiver(direction).receives("last words");
        receiver(direction).receivesEnd();
        assertPasses(direction.opposite(), "still here");
        assertThat(proxy.open()).isEqualTo(1);
        receiver(direction).socket().shutdownOutput();
        sender(direction).receivesEnd();
        await().until(() -> proxy.open() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aResetPassesAsAReset(Direction direction) throws IOException {
        sender(direction).socket().setSoLinger(true, 0);
        sender(direction).socket().close();
        assertThatThrownBy(() -> receiver(direction).receivesEnd()).isInstanceOf(SocketException.class);
        await().until(() -> proxy.open() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void latencyDelaysOneDirectionAndKeepsTheOrder(Direction direction) {
        proxy.latency(direction, AN_HOUR);
        sender(direction).send("ab");
        await().until(() -> ends.taken(direction) == 2);
        assertPasses(direction.opposite(), "at once");
        assertThat(proxy.bytes(direction)).isZero();
        proxy.latency(direction, Duration.ofMillis(1));
        sender(direction).send("cd");
        receiver(direction).receives("abcd");
    }

    @Test
    void theEndOfAStreamIsDelayedBehindItsBytes() throws IOException {
        proxy.latency(Direction.TO_BROKER, AN_HOUR);
        client.send("last words");
        client.socket().close();
        await().until(() -> ends.taken(Direction.TO_BROKER) == 10);
        assertThat(broker.socket().getInputStream().available()).isZero();
        proxy.latency(Direction.TO_BROKER, Duration.ZERO);
        broker.receives("last words");
        broker.receivesEnd();
    }

    @Test
    void whatIsHeldIsDeliveredWhenItIsReleased() {
        proxy.hold(Direction.TO_CLIENT);
        broker.send("kept");
        await().until(() -> ends.taken(Direction.TO_CLIENT) == 4);
        assertPasses(Direction.TO_BROKER, "at once");
        assertThat(proxy.bytes(Direction.TO_CLIENT)).isZero();
        proxy.release(Direction.TO_CLIENT);
        client.receives("kept");
    }

    @Test
    void aDripDeliversByteByByte() {
        proxy.drip(Direction.TO_BROKER, Duration.ofMillis(200));
        client.send("d" + "rop".repeat(100));
        broker.receives("d");
        proxy.drip(Direction.TO_BROKER, AN_HOUR);
        assertPasses(Direction.TO_CLIENT, "at once");
        assertThat(proxy.bytes(Direction.TO_BROKER)).isLessThan(100);
        proxy.drip(Direction.TO_BROKER, Duration.ZERO);
        broker.receives("rop".repeat(100));
    }

    @Test
    void aConnectionThatNobodyReadsStallsNoOther() throws Exception {
        End stalled = client;
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> stalled.send(new byte[50_000_000]));
        // The sender is held up, too, instead of all its bytes being kept.
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("fault-proxy-" + proxy.port() + "-1-TO_BROKER-take")
                        && thread.getState() == Thread.State.WAITING));
        assertNewConnectionPasses();
        assertThat(sending).isNotDone();
        proxy.cutAll();
        assertThat(sending).failsWithin(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({"TO_BROKER, 1", "TO_BROKER, 5", "TO_CLIENT, 1", "TO_CLIENT, 5"})
    void aCutComesAfterExactlySoManyBytes(Direction direction, int count) throws IOException {
        assertPasses(direction, "before");
        CompletableFuture<Void> cut = proxy.cutAfterBytes(direction, count);
        sender(direction).send("0123456789");
        receiver(direction).receives("0123456789".substring(0, count));
        receiver(direction).receivesEnd();
        sender(direction).receivesEnd();
        assertThat(cut).succeedsWithin(Duration.ofSeconds(20));
        assertThat(proxy.bytes(direction)).isEqualTo(6 + count);
        assertThat(proxy.open()).isZero();
        assertNewConnectionPasses();
    }

    @Test
    void aDrippingConnectionIsCutAfterExactlySoManyBytes() throws IOException {
        proxy.drip(Direction.TO_BROKER, Duration.ofNanos(1));
        proxy.cutAfterBytes(Direction.TO_BROKER, 3);
        client.send("0123456789");
        broker.receives("012");
        broker.receivesEnd();
    }

    @Test
    void cutsResetTheConnectionWhereThatIsAskedFor() {
        proxy.resetOnCut(true);
        proxy.cutAll();
        assertThatThrownBy(() -> client.receivesEnd()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> broker.receivesEnd()).isInstanceOf(SocketException.class);
    }

    @Test
    void cutAllEndsEveryConnectionAndLetsNewOnesIn() throws IOException {
        End second = ends.client();
        ends.broker();
        proxy.hold(Direction.TO_BROKER);
        second.send("lost");
        await().until(() -> ends.taken(Direction.TO_BROKER) == 4);
        proxy.cutAll();
        proxy.release(Direction.TO_BROKER);
        client.receivesEnd();
        broker.receivesEnd();
        second.receivesEnd();
        assertThat(proxy.open()).isZero();
        assertNewConnectionPasses();
        assertThat(proxy.accepted()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aHalfClosedDirectionEndsAndTheOtherGoesOn(Direction direction) throws IOException {
        assertPasses(direction, "before");
        proxy.halfClose(direction);
        receiver(direction).receivesEnd();
        sender(direction).send("swallowed");
        assertPasses(direction.opposite(), "still here");
        await().until(() -> ends.taken(direction) == 15);
        assertThat(proxy.bytes(direction)).isEqualTo(6);
        sender(direction).socket().shutdownOutput();
        receiver(direction).socket().shutdownOutput();
        await().until(() -> proxy.open() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aBlackHoleSwallowsOneDirectionForGood(Direction direction) throws IOException {
        assertPasses(direction, "before");
        proxy.blackHole(direction);
        sender(direction).send("swallowed");
        await().until(() -> ends.taken(direction) == 15);
        assertPasses(direction.opposite(), "still here");
        proxy.heal();
        sender(direction).send("swallowed, too");
        await().until(() -> ends.taken(direction) == 29);
        assertThat(proxy.bytes(direction)).isEqualTo(6);
        assertNewConnectionPasses();
    }

    @Test
    void aBlackHoleSwallowsTheEndOfAStreamToo() throws IOException {
        proxy.blackHole();
        client.socket().close();
        broker.send("to nobody");
        await().until(() -> ends.taken(Direction.TO_CLIENT) == 9);
        assertThat(broker.socket().getInputStream().available()).isZero();
        assertThat(proxy.open()).isEqualTo(1);
        broker.socket().close();
        await().until(() -> proxy.open() == 0);
    }

    @Test
    void aNewConnectionIntoABlackHoleIsAcceptedAndNeverReachesTheBroker() throws IOException {
        proxy.blackHole();
        End lost = ends.client();
        await().until(() -> proxy.accepted() == 2);
        lost.send("swallowed");
        assertThat(proxy.open()).isEqualTo(2);
        proxy.heal();
        assertNewConnectionPasses();
        lost.socket().close();
        await().until(() -> proxy.open() == 2);
    }

    @Test
    void aNewConnectionReachesTheBrokerWhereOnlyItsAnswersAreSwallowed() throws IOException {
        proxy.blackHole(Direction.TO_CLIENT);
        client = ends.client();
        broker = ends.broker();
        assertPasses(Direction.TO_BROKER, "heard");
        broker.send("not heard");
        await().until(() -> ends.taken(Direction.TO_CLIENT) == 9);
        assertThat(proxy.bytes(Direction.TO_CLIENT)).isZero();
    }

    @Test
    void aClosedPortRefusesNewConnectionsAndIsOpenedAgain() throws IOException {
        int port = proxy.port();
        proxy.closePort();
        proxy.closePort();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(ConnectException.class);
        assertPasses(Direction.TO_BROKER, "still here");
        proxy.openPort();
        proxy.openPort();
        assertThat(proxy.port()).isEqualTo(port);
        assertNewConnectionPasses();
        assertThat(proxy.open()).isEqualTo(2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPortThatIsNotOpenIsKeptFromOthers() throws IOException {
        try (ProxyPort port = new ProxyPort(socket -> {});
                ServerSocket other = new ServerSocket()) {
            other.setReuseAddress(false);
            InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number());
            assertThatThrownBy(() -> other.bind(taken)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void aBrokerThatIsGoneResetsWhatTheProxyAccepted() throws IOException {
        ends.stopBroker();
        End refused = ends.client();
        assertThatThrownBy(refused::receivesEnd).isInstanceOf(SocketException.class);
        await().until(() -> proxy.open() == 1);
    }

    @Test
    void healingEndsAllFaults() throws IOException {
        for (Direction direction : Direction.values()) {
            proxy.latency(direction, AN_HOUR);
            proxy.drip(direction, AN_HOUR);
            proxy.hold(direction);
        }
        CompletableFuture<Void> cut = proxy.cutAfterBytes(Direction.TO_BROKER, 1);
        CompletableFuture<Void> packet = proxy.cutBefore(Direction.TO_BROKER, PacketType.CONNECT, 1);
        proxy.closePort();
        proxy.heal();
        assertThat(cut).isCancelled();
        assertThat(packet).isCancelled();
        assertPasses(Direction.TO_BROKER, "well");
        assertPasses(Direction.TO_CLIENT, "again");
        assertNewConnectionPasses();
    }

    @Test
    void whatCannotBeIsRefusedWithWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.latency(Direction.TO_BROKER, Duration.ofSeconds(-1)))
                .withMessage("Latency [PT-1S] is negative; allowed is 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.drip(Direction.TO_BROKER, Duration.ofSeconds(-1)))
                .withMessage("Time between two bytes [PT-1S] is negative; allowed is 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.cutAfterBytes(Direction.TO_BROKER, 0))
                .withMessage("Count [0] is too small; allowed is 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.dropPackets(Direction.TO_BROKER, PacketType.PUBLISH, 0))
                .withMessage("Count [0] is too small; allowed is 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.cutAfter(Direction.TO_BROKER, PacketType.CONNACK, 1))
                .withMessage("Packet type [CONNACK] never goes TO_BROKER; it goes TO_CLIENT");
    }
}
