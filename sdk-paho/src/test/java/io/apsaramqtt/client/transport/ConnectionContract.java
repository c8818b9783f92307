package io.apsaramqtt.client.transport;

import static io.apsaramqtt.client.Futures.failureOf;
import static io.apsaramqtt.client.Futures.get;
import static io.apsaramqtt.client.transport.Packet.Type.DISCONNECT;
import static io.apsaramqtt.client.transport.Packet.Type.PINGREQ;
import static io.apsaramqtt.client.transport.Packet.Type.PUBLISH;
import static io.apsaramqtt.client.transport.Transports.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.Threads;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a connection begins and ends. */
abstract class ConnectionContract extends TransportContract {

    private static final int CLEAN = 0x02;

    ConnectionContract(MqttVersion version) {
        super(version);
    }

    private static ConnectPacket packet(Duration keepAlive, @Nullable Message will) {
        return new ConnectPacket(
                new SignedConnect("user", "password", null),
                keepAlive,
                Duration.ofSeconds(30),
                false,
                Duration.ofMillis(300_500),
                77,
                will);
    }

    /** The byte of flags, after name and level of the protocol. */
    private int flags() {
        return connect.body().at(7);
    }

    // CONNECT and CONNACK

    @Test
    void aCleanSessionIsAskedFor() {
        connect(Transports.packet(true), false);
        assertThat(flags() & CLEAN).isEqualTo(CLEAN);
        assertThat(ack.sessionPresent()).isFalse();
    }

    @Test
    void aSessionThatIsKeptIsAskedForAndTold() {
        connect();
        assertThat(flags() & CLEAN).isZero();
        assertThat(ack.sessionPresent()).isFalse();
        cut();
        connectAgain(true);
        assertThat(flags() & CLEAN).isZero();
        assertThat(ack).isEqualTo(new ConnectAck(true, 65_535));
    }

    @Test
    void theConnectSaysWhatItIsGiven() {
        Message will = Message.of("wills/a", "gone").withQos(Qos.EXACTLY_ONCE).withRetained(true);
        connect(packet(Duration.ofSeconds(90), will), false);
        assertThat(flags()).isEqualTo(0xC0 | 0x20 | 0x10 | 0x04);
        assertThat(connect.body().twoAt(8)).isEqualTo(90);
        assertThat(connect.body().contain(Bytes.text(transports.clientId().value())))
                .isTrue();
        assertThat(connect.body().contain(Bytes.text("wills/a").and(Bytes.text("gone"))))
                .isTrue();
        assertThat(connect.body().contain(Bytes.text("user").and(Bytes.text("password"))))
                .isTrue();
    }

    @Test
    void aRefusedConnectSaysWhy() {
        Transport refused = transports.create(broker.endpoint(), inbox);
        CompletableFuture<ConnectAck> connecting =
                refused.connect(Transports.packet(true), SocketFactories.of(broker.endpoint()));
        link = broker.accept();
        link.next(Packet.Type.CONNECT);
        link.send(isV5() ? Bytes.of(0x20, 3, 0, 0x87, 0) : Bytes.of(0x20, 2, 0, 5));
        assertThat(failureOf(connecting))
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
        assertThat(inbox.losses()).isEmpty();
    }

    // Losses

    @Test
    void aLossIsToldOnceAndOnlyWhenThisSideDidNotEndTheConnection() {
        connect();
        link.cut();
        assertThat(inbox.nextLoss()).hasMessageContaining(broker.endpoint().toString());
        connectAgain(false);
        transport.close();
        link.awaitEnd();
        connectAgain(false);
        get(transport.disconnect());
        link.next(DISCONNECT);
        link.awaitEnd();
        transport.close();
        assertThat(inbox.losses()).isEmpty();
    }

    @Test
    void aPacketOverWhichPahosReceiverDiesIsALoss() {
        connect();
        // A PUBLISH of QoS 3.
        link.send(Bytes.packet(0x36, Bytes.text("topics/a").and(Bytes.of(0, 1, 0))));
        assertThat(inbox.nextLoss().getCause()).hasRootCauseInstanceOf(RuntimeException.class);
        assertThat(failureOf(transport.publish(1, false, message("a", Qos.AT_LEAST_ONCE))))
                .isInstanceOf(ConnectionLostException.class);
        link.awaitEnd();
    }

    @Test
    void aLossIsToldWhileAMessageIsHeldBack() {
        connect();
        inbox.holdBack();
        link.publish(1, 1, false, "topics/a", "a");
        inbox.awaitHeldBack();
        var published = transport.publish(1, false, message("a", Qos.AT_LEAST_ONCE));
        link.next(PUBLISH, 1);
        link.cut();
        inbox.nextLoss();
        assertThat(failureOf(published)).isInstanceOf(ConnectionLostException.class);
    }

    // Keep-alive

    @Test
    void aBrokerThatAnswersNoPingIsLost() {
        connect(packet(Duration.ofSeconds(1), null), false);
        link.next(PINGREQ);
        assertThat(inbox.nextLoss()).isNotNull();
    }

    @Test
    void whatABrokerThatAnswersNoPingLeavesOpenIsLostWithTheConnection() {
        connect(packet(Duration.ofSeconds(1), null), false);
        List<CompletableFuture<?>> open = List.of(
                transport.publish(1, false, message("a", Qos.AT_LEAST_ONCE)),
                transport.publish(2, false, message("a", Qos.EXACTLY_ONCE)),
                transport.release(3),
                transport.subscribe(4, List.of(subscription("a", Qos.AT_LEAST_ONCE))));
        inbox.nextLoss();
        assertThat(open).allSatisfy(call -> assertThat(failureOf(call)).isInstanceOf(ConnectionLostException.class));
    }

    @Test
    void whatIsOpenWhenABrokerSendsNonsenseIsLostWithTheConnection() {
        connect();
        var published = transport.publish(1, false, message("a", Qos.AT_LEAST_ONCE));
        link.next(PUBLISH, 1);
        // Packet type 0 does not exist.
        link.send(Bytes.of(0, 0));
        inbox.nextLoss();
        assertThat(failureOf(published)).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void aBrokerThatIsHeldBackForLongerThanTheKeepAliveIsNotLost() {
        connect(packet(Duration.ofSeconds(1), null), false);
        inbox.holdBack();
        for (int i = 0; i < 30; i++) {
            link.publish(0, 0, false, "topics/a", "message " + i);
        }
        inbox.awaitHeldBack();
        for (int i = 0; i < 4; i++) {
            link.next(PINGREQ);
            link.pingresp();
        }
        assertThat(inbox.losses()).isEmpty();
        inbox.letGo();
        awaitHandedOn();
        assertThat(inbox.texts()).hasSize(30);
        assertThat(inbox.losses()).isEmpty();
    }

    // What is left behind

    @Test
    void twoTransportsInARowLeaveNoThreadBehind() {
        connect();
        cut();
        connectAgain(true);
        get(transport.disconnect());
        transport.close();
        await().untilAsserted(
                        () -> assertThat(Threads.of(transports.clientId())).isEmpty());
    }

    @Test
    void howeverAConnectionEndsNoThreadIsLeftBehind() {
        for (int round = 0; round < 20; round++) {
            connect();
            switch (round % 4) {
                case 0 -> transport.close();
                case 1 -> cut();
                case 2 -> get(transport.disconnect());
                default -> {
                    link.cut();
                    transport.close();
                }
            }
            transport.close();
        }
        await().untilAsserted(
                        () -> assertThat(Threads.of(transports.clientId())).isEmpty());
    }

    @Test
    void whatIsClosedWhileTheBrokerAcceptsItLeavesNoThreadBehind() {
        for (int round = 0; round < 20; round++) {
            Transport closed = transports.create(broker.endpoint(), inbox);
            closed.connect(Transports.packet(true), SocketFactories.of(broker.endpoint()));
            link = broker.accept();
            link.next(Packet.Type.CONNECT);
            link.send(isV5() ? Bytes.of(0x20, 3, 0, 0, 0) : Bytes.of(0x20, 2, 0, 0));
            closed.close();
        }
        await().untilAsserted(
                        () -> assertThat(Threads.of(transports.clientId())).isEmpty());
        assertThat(inbox.losses()).isEmpty();
    }

    @Test
    void aTransportThatIsClosedBeforeTheBrokerAnswersLeavesNoThreadBehind() {
        Transport closed = transports.create(broker.endpoint(), inbox);
        var connecting = closed.connect(Transports.packet(true), SocketFactories.of(broker.endpoint()));
        link = broker.accept();
        closed.close();
        assertThat(failureOf(connecting)).isInstanceOf(ConnectFailedException.class);
        await().untilAsserted(
                        () -> assertThat(Threads.of(transports.clientId())).isEmpty());
    }
}
