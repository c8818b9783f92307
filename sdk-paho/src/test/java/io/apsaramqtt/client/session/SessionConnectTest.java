package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.mqtt.MqttVersion;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From DISCONNECTED through CONNECTING. */
@InSeveralOrders
class SessionConnectTest {

    private static final Endpoint FIRST = Endpoint.parse("tcp://127.0.0.1:1");
    private static final Endpoint SECOND = Endpoint.parse("tcp://127.0.0.1:2");

    private final SessionFixture fixture;

    SessionConnectTest(long seed) {
        fixture = new SessionFixture(seed);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theStateTellsHowFarTheConnectionIs() {
        fixture.assertState(ConnectionState.DISCONNECTED);
        CompletableFuture<Void> connecting = fixture.connect();
        fixture.assertState(ConnectionState.CONNECTING);
        assertThat(connecting).isNotDone();
        fixture.engine.nextAccepted();
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(connecting).isCompleted();
        assertThat(fixture.connections.told()).containsExactly("connected");
        fixture.closeForGood(Duration.ZERO);
        fixture.pass(SessionFixture.LONG);
        fixture.assertState(ConnectionState.CLOSED);
    }

    @Test
    void theConnectPacketSaysWhatTheSettingsSay() {
        fixture.keepsSession();
        fixture.version = MqttVersion.V5;
        fixture.listenerCapacity = 70;
        fixture.connect();
        ConnectPacket packet = fixture.engine.next().connectPacket();
        assertThat(packet.cleanSession()).isFalse();
        assertThat(packet.sessionExpiry()).isEqualTo(Duration.ofHours(1));
        assertThat(packet.receiveMaximum()).isEqualTo(70);
        assertThat(packet.keepAlive()).isEqualTo(Duration.ofSeconds(90));
        assertThat(packet.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(packet.signed().maskedAccessKeyId()).contains("LTAI****1");
    }

    @Test
    void aFirstConnectThatFailsIsNotTriedAgainByItselfButMayBe() {
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport refused = fixture.engine.next();
        refused.refuse(5);
        assertThat(failureOf(connecting))
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
        assertThat(refused.isClosed()).isTrue();
        fixture.assertState(ConnectionState.DISCONNECTED);
        fixture.pass(SessionFixture.LONG);
        assertThat(fixture.delays).isEmpty();
        assertThat(fixture.engine.created).isEmpty();
        assertThat(fixture.connections.told()).isEmpty();

        fixture.connected();
        assertThat(fixture.signed).hasValue(2);
    }

    @Test
    void callbacksOfAConnectGetTheFailureUnwrapped() {
        CompletableFuture<Throwable> given = new CompletableFuture<>();
        fixture.session().connect().whenComplete((done, failure) -> given.complete(failure));
        fixture.run();
        fixture.engine.next().refuse(5);
        assertThat(given).isCompletedWithValueMatching(ConnectFailedException.class::isInstance);
    }

    @Test
    void aConnectThatNobodyAnswersFailsAndIsDropped() {
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport silent = fixture.engine.next();
        fixture.pass(Duration.ofMillis(9_999));
        assertThat(connecting).isNotDone();
        fixture.pass(Duration.ofMillis(1));
        assertThat(failureOf(connecting))
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
                .hasMessageContaining("10000 ms");
        assertThat(silent.isClosed()).isTrue();
        // What the broker says too late opens nothing.
        silent.accept();
        fixture.assertState(ConnectionState.DISCONNECTED);
    }

    @Test
    void aConnectionThatCannotBeSignedReachesNoTransport() {
        CredentialsException none = CredentialsException.of("a test", "there is none");
        fixture.authentication = clientId -> {
            throw none;
        };
        assertThat(failureOf(fixture.connect())).isSameAs(none);
        assertThat(fixture.engine.created).isEmpty();
        fixture.assertState(ConnectionState.DISCONNECTED);
    }

    @Test
    void anErrorOfTheCredentialsFailsTheConnectInsteadOfLeavingItOpen() {
        fixture.authentication = clientId -> {
            throw new NoClassDefFoundError("of a test");
        };
        assertThat(failureOf(fixture.connect())).hasStackTraceContaining("of a test");
        fixture.assertState(ConnectionState.DISCONNECTED);
    }

    @Test
    void whoeverConnectsMeanwhileGetsTheSameOutcome() {
        CompletableFuture<Void> one = fixture.connect();
        CompletableFuture<Void> other = fixture.connect();
        fixture.engine.next().unreachable();
        assertThat(failureOf(one)).isSameAs(failureOf(other));
        assertThat(fixture.engine.created).isEmpty();

        fixture.connected();
        assertThat(fixture.connect()).isCompleted();
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void callsWhileConnectingSayThatThereIsNoConnectionYet() {
        fixture.connect();
        assertThat(failureOf(fixture.publish("alarms/a")))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("publish to 'alarms/a'")
                .hasMessageContaining("still connecting");
        assertThat(failureOf(fixture.subscribe("alarms/a")))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("subscribe to 'alarms/a'");
    }

    @Test
    void endpointsAreTriedInOrderAndTheLastFailureIsTold() {
        fixture.endpoints = List.of(FIRST, SECOND);
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport first = fixture.engine.next();
        assertThat(first.endpoint).isEqualTo(FIRST);
        first.unreachable();
        FakeTransport second = fixture.engine.next();
        assertThat(second.endpoint).isEqualTo(SECOND);
        assertThat(fixture.delays).isEmpty();
        second.unreachable();
        assertThat(failureOf(connecting))
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        e -> assertThat(e.endpoint()).isEqualTo(SECOND));
        assertThat(first.isClosed()).isTrue();
        assertThat(fixture.engine.created).isEmpty();
        assertThat(fixture.signed).hasValue(2);
    }

    @Test
    void theSecondEndpointServesWhereTheFirstDoesNot() {
        fixture.endpoints = List.of(FIRST, SECOND);
        CompletableFuture<Void> connecting = fixture.connect();
        fixture.engine.next().unreachable();
        fixture.engine.nextAccepted();
        assertThat(connecting).isCompleted();
        assertThat(fixture.connections.told()).containsExactly("failed", "connected");
    }

    @Test
    void aFirstConnectIsRetriedWhereThatIsAskedFor() {
        fixture.reconnecting = Reconnecting.defaults().withFirstConnectRetried(true);
        CompletableFuture<Void> connecting = fixture.connect();
        fixture.engine.next().unreachable();
        fixture.assertState(ConnectionState.CONNECTING);
        fixture.reconnecting().unreachable();
        fixture.reconnected();
        assertThat(connecting).isCompleted();
        assertThat(fixture.delays).containsExactly(2_000L, 4_000L);
        assertThat(fixture.connections.told()).containsExactly("failed", "failed", "connected");
    }

    @Test
    void betweenTheRoundsThereIsAWaitAndWithinThemNone() {
        fixture.reconnecting = Reconnecting.defaults().withFirstConnectRetried(true);
        fixture.endpoints = List.of(FIRST, SECOND);
        fixture.connect();
        fixture.engine.next().unreachable();
        fixture.engine.next().unreachable();
        assertThat(fixture.delays).hasSize(1);
        assertThat(fixture.engine.created).isEmpty();
        FakeTransport again = fixture.reconnecting();
        assertThat(again.endpoint).isEqualTo(FIRST);
        again.unreachable();
        assertThat(fixture.engine.next().endpoint).isEqualTo(SECOND);
        assertThat(fixture.delays).hasSize(1);
    }

    @Test
    void whatTheUsersOwnCodeFailsWithIsNotRetriedAtTheFirstConnect() {
        fixture.reconnecting = Reconnecting.defaults().withFirstConnectRetried(true);
        fixture.authentication = clientId -> {
            throw CredentialsException.of("a test", "there is none");
        };
        assertThat(failureOf(fixture.connect())).isInstanceOf(CredentialsException.class);
        fixture.assertState(ConnectionState.DISCONNECTED);
    }

    @Test
    void aRetriedFirstConnectGivesUpOnCredentialsThatAreRefusedAgainAndAgain() {
        fixture.reconnecting =
                Reconnecting.defaults().withFirstConnectRetried(true).withRefusals(2);
        CompletableFuture<Void> connecting = fixture.connect();
        fixture.engine.next().refuse(4);
        fixture.reconnecting().refuse(4);
        assertThat(failureOf(connecting)).isInstanceOf(ConnectFailedException.class);
        assertThat(fixture.connections.told()).containsExactly("failed", "gave up");
        assertThat(fixture.signed).hasValue(2);
        fixture.assertState(ConnectionState.DISCONNECTED);
        fixture.connected();
    }

    @Test
    void whatIsSubscribedToAtConnectIsGrantedBeforeTheClientIsCalledConnected() {
        fixture.subscribeAtConnect("alarms/a");
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport transport = fixture.engine.nextAccepted();
        assertThat(transport.packets).containsExactly("SUBSCRIBE 1 [alarms/a]");
        assertThat(connecting).isNotDone();
        fixture.assertState(ConnectionState.CONNECTING);
        transport.grant(1);
        assertThat(connecting).isCompleted();
        fixture.assertState(ConnectionState.CONNECTED);
    }

    @Test
    void aLossBeforeTheClientIsConnectedFailsTheConnect() {
        fixture.subscribeAtConnect("alarms/a");
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport transport = fixture.engine.nextAccepted();
        transport.lose();
        assertThat(failureOf(connecting))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("subscribe to 'alarms/a'");
        assertThat(transport.isClosed()).isTrue();
        fixture.assertState(ConnectionState.DISCONNECTED);
        fixture.pass(SessionFixture.LONG);
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void aLossBeforeTheClientIsConnectedIsRetriedWhereThatIsAskedFor() {
        fixture.reconnecting = Reconnecting.defaults().withFirstConnectRetried(true);
        fixture.subscribeAtConnect("alarms/a");
        CompletableFuture<Void> connecting = fixture.connect();
        fixture.engine.nextAccepted().lose();
        fixture.assertState(ConnectionState.CONNECTING);
        fixture.reconnected().grant(1);
        assertThat(connecting).isCompleted();
    }

    @Test
    void subscribingAtConnectThatIsNotAnsweredFailsTheConnect() {
        fixture.subscribeAtConnect("alarms/a");
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport transport = fixture.engine.nextAccepted();
        fixture.pass(Duration.ofSeconds(5));
        assertThat(failureOf(connecting))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("closed by this side")
                .hasMessageContaining("SUBSCRIBE within 5000 ms");
        assertThat(transport.isClosed()).isTrue();
    }

    @Test
    void aLossThatIsToldBeforeTheConnackIsSeenIsNotMissed() {
        fixture.reconnecting = Reconnecting.defaults().withFirstConnectRetried(true);
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport transport = fixture.engine.next();
        transport.connect.complete(new ConnectAck(false, 10));
        transport.listener.lost(new ConnectionLostException("at once", null, new EOFException()));
        fixture.run();
        assertThat(transport.isClosed()).isTrue();
        fixture.reconnected();
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(connecting).isCompleted();
    }

    @Test
    void disconnectingWhileConnectingFailsTheConnectAndDropsTheAttempt() {
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport attempt = fixture.engine.next();
        assertThat(fixture.disconnect(Duration.ZERO)).isCompleted();
        assertThat(failureOf(connecting)).isInstanceOf(NotConnectedException.class);
        assertThat(attempt.isClosed()).isTrue();
        attempt.accept();
        fixture.assertState(ConnectionState.DISCONNECTED);
        assertThat(fixture.connections.told()).isEmpty();
        fixture.connected();
    }

    @Test
    void closingWhileConnectingFailsTheConnectForGood() {
        CompletableFuture<Void> connecting = fixture.connect();
        fixture.closeForGood(Duration.ZERO);
        fixture.pass(Duration.ZERO);
        assertThat(failureOf(connecting))
                .isInstanceOfSatisfying(
                        NotConnectedException.class, e -> assertThat(e.state()).isEqualTo(ConnectionState.CLOSED));
        assertThat(failureOf(fixture.connect())).isInstanceOf(NotConnectedException.class);
    }

    @Test
    void closingWhileSigningSendsNothingAfterwards() {
        fixture.authentication = clientId -> {
            fixture.closeForGood(Duration.ZERO);
            fixture.pass(Duration.ZERO);
            return new SignedConnect(null, null, null);
        };
        assertThat(fixture.connect()).isCompletedExceptionally();
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void disconnectingBetweenTwoAttemptsCallsTheNextOff() {
        fixture.reconnecting = Reconnecting.defaults().withFirstConnectRetried(true);
        CompletableFuture<Void> connecting = fixture.connect();
        fixture.engine.next().unreachable();
        fixture.disconnect(Duration.ZERO);
        fixture.pass(SessionFixture.LONG);
        assertThat(connecting).isCompletedExceptionally();
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void theAccessKeyThatSignedLastIsKnown() {
        assertThat(fixture.session().accessKeyId()).isEmpty();
        fixture.connected();
        assertThat(fixture.session().accessKeyId()).contains("LTAI****1");
    }

    @Test
    void whatTheBrokerDoesNotGrantAtConnectIsToldAndTheClientIsConnected() {
        fixture.subscribeAtConnect("alarms/a");
        CompletableFuture<Void> connecting = fixture.connect();
        fixture.engine.nextAccepted().nextSubscribe().answer(List.of(new Ack(0x80, null)));
        assertThat(connecting).isCompleted();
        assertThat(fixture.connections.told()).containsExactly("subscription lost alarms/a", "connected");
    }

    @Test
    void aFirstConnectThatIsNotRetriedGivesNothingUp() {
        fixture.endpoints = List.of(FIRST, SECOND);
        CompletableFuture<Void> connecting = fixture.connect();
        // Whatever the second endpoint is, it does not speak this version either.
        fixture.engine.next().refuse(1);
        assertThat(failureOf(connecting))
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.PROTOCOL));
        fixture.assertState(ConnectionState.DISCONNECTED);
        assertThat(fixture.connections.told()).isEmpty();
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void whatFailsWhileTheSubscriptionsAreCheckedFailsTheAttempt() {
        fixture.current = () -> {
            throw new IllegalStateException("of a test");
        };
        fixture.subscribeAtConnect("alarms/a");
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport transport = fixture.engine.nextAccepted();
        assertThat(failureOf(connecting)).hasMessage("of a test");
        assertThat(transport.isClosed()).isTrue();
        fixture.assertState(ConnectionState.DISCONNECTED);
    }
}
