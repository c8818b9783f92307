package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.client.transport.SilentBrokerException;
import io.apsaramqtt.credentials.CredentialsException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From CONNECTED through RECONNECTING: what heals, what stops, and what is said of it. */
@InSeveralOrders
class SessionReconnectTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SessionFixture fixture;

    SessionReconnectTest(long seed) {
        fixture = new SessionFixture(seed);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<Cause> causesOfLast() {
        List<ConnectionLostException> losses = fixture.connections.losses();
        return losses.get(losses.size() - 1)
                .probableCause()
                .map(ProbableCause::causes)
                .orElse(List.of());
    }

    @Test
    void aLostConnectionIsMadeAgain() {
        FakeTransport first = fixture.connected();
        first.lose();
        fixture.assertState(ConnectionState.RECONNECTING);
        assertThat(first.isClosed()).isTrue();
        assertThat(fixture.engine.created).isEmpty();
        fixture.reconnected();
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(fixture.connections.told()).containsExactly("connected", "lost", "connected");
    }

    @Test
    void eachAttemptIsSignedAfresh() {
        fixture.connected().lose();
        fixture.reconnecting().unreachable();
        fixture.reconnected();
        assertThat(fixture.signed).hasValue(3);
        assertThat(fixture.session().accessKeyId()).contains("LTAI****3");
    }

    @Test
    void waitsGrowWithEachFailureUpToTheLongest() {
        FakeTransport transport = fixture.connected();
        fixture.pass(HOUR);
        transport.lose();
        for (int i = 0; i < 8; i++) {
            fixture.reconnecting().unreachable();
        }
        fixture.reconnected();
        assertThat(fixture.delays)
                .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L, 60_000L);
        assertThat(fixture.connections.failures())
                .hasSize(8)
                .allSatisfy(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
    }

    @Test
    void connectionsThatDieAtOnceCountAsFailures() {
        FakeTransport transport = fixture.connected();
        for (int i = 0; i < 4; i++) {
            transport.lose();
            transport = fixture.reconnected();
        }
        fixture.pass(Duration.ofSeconds(60));
        transport.lose();
        fixture.reconnected();
        assertThat(fixture.delays).containsExactly(2_000L, 4_000L, 8_000L, 16_000L, 1_000L);
    }

    @Test
    void failuresOfTheNetworkAreRetriedForEver() {
        fixture.connected().lose();
        for (int i = 0; i < 200; i++) {
            fixture.reconnecting().unreachable();
        }
        fixture.assertState(ConnectionState.RECONNECTING);
        fixture.reconnecting().refuse(3);
        fixture.reconnected();
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(fixture.connections.told()).doesNotContain("gave up");
        assertThat(fixture.session().statistics().failedAttempts()).isEqualTo(201);
        assertThat(fixture.session().statistics().losses()).isEqualTo(1);
        assertThat(fixture.session().statistics().connects()).isEqualTo(2);
    }

    @Test
    void anAttemptThatIsNotAnsweredIsOneMoreFailure() {
        fixture.connected().lose();
        FakeTransport silent = fixture.reconnecting();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(silent.isClosed()).isTrue();
        assertThat(fixture.connections.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
        fixture.reconnected();
    }

    @Test
    void refusedCredentialsAreResolvedAgainAndGivenUpInTheEnd() {
        fixture.connected().lose();
        for (int i = 0; i < 4; i++) {
            fixture.reconnecting().refuse(5);
            fixture.assertState(ConnectionState.RECONNECTING);
        }
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport last = fixture.reconnecting();
        last.refuse(5);
        fixture.assertState(ConnectionState.DISCONNECTED);
        assertThat(fixture.signed).hasValue(6);
        assertThat(fixture.connections.told())
                .containsExactly("connected", "lost", "failed", "failed", "failed", "failed", "gave up");
        assertThat(fixture.connections.reason()).isInstanceOfSatisfying(ConnectFailedException.class, why -> {
            assertThat(why.reason()).isEqualTo(Reason.REFUSED);
            assertThat(why.reasonCode()).hasValue(5);
        });
        assertThat(failureOf(connecting)).isSameAs(fixture.connections.reason());
        fixture.pass(HOUR);
        assertThat(fixture.engine.created).isEmpty();
    }

    @Test
    void givingUpFailsWhatIsPendingAndAConnectBeginsAnew() {
        fixture.reconnecting = Reconnecting.defaults().withRefusals(1);
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        CompletableFuture<Void> subscribing = fixture.subscribe("alarms/b");
        first.lose();
        fixture.reconnecting().refuse(5);
        assertThat(failureOf(published)).isSameAs(fixture.connections.reason());
        assertThat(failureOf(subscribing)).isSameAs(fixture.connections.reason());
        assertThat(fixture.session().subscribed()).isEmpty();
        assertThat(failureOf(fixture.publish("alarms/a")))
                .isInstanceOfSatisfying(
                        NotConnectedException.class,
                        e -> assertThat(e.state()).isEqualTo(ConnectionState.DISCONNECTED));

        FakeTransport anew = fixture.connected();
        assertThat(anew.packets).isEmpty();
        assertThat(fixture.publish("alarms/a")).isNotDone();
        anew.acknowledge();
        fixture.subscribed(anew, "alarms/b");
    }

    @Test
    void anAcceptedConnectionForgivesTheRefusalsBeforeIt() {
        fixture.connected().lose();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 4; i++) {
                fixture.reconnecting().refuse(0x86);
            }
            fixture.reconnected().lose();
        }
        fixture.assertState(ConnectionState.RECONNECTING);
    }

    @Test
    void aBrokerThatDoesNotSpeakTheVersionIsGivenUpAtOnce() {
        fixture.connected().lose();
        fixture.reconnecting().refuse(1);
        fixture.assertState(ConnectionState.DISCONNECTED);
        assertThat(fixture.connections.told()).endsWith("lost", "gave up");
    }

    @Test
    void aClientIdThatIsRefusedIsGivenUpAtOnce() {
        fixture.connected().lose();
        fixture.reconnecting().refuse(0x85);
        fixture.assertState(ConnectionState.DISCONNECTED);
        assertThat(fixture.connections.told()).endsWith("lost", "gave up");
    }

    @Test
    void anotherClientThatTakesTheConnectionAwayThreeTimesIsGivenWay() {
        fixture.connected().lose(0x8E);
        assertThat(causesOfLast()).containsExactly(Cause.TAKEN_OVER);
        fixture.reconnected().lose(0x8E);
        fixture.assertState(ConnectionState.RECONNECTING);
        fixture.reconnected().lose(0x8E);
        fixture.assertState(ConnectionState.DISCONNECTED);
        assertThat(fixture.connections.told())
                .containsExactly("connected", "lost", "connected", "lost", "connected", "lost", "gave up");
        assertThat(fixture.connections.reason()).isInstanceOfSatisfying(ConnectionLostException.class, why -> {
            assertThat(why.probableCause().orElseThrow().causes()).containsExactly(Cause.TAKEN_OVER);
            assertThat(why).hasMessageContaining("another connection uses this client ID");
        });
        fixture.pass(HOUR);
        assertThat(fixture.engine.created).isEmpty();
        fixture.connected();
    }

    @Test
    void withMqtt3ConnectionsThatDieIdleAgainAndAgainNameTheOtherClient() {
        fixture.connected().lose();
        fixture.reconnected().lose();
        assertThat(causesOfLast()).isEmpty();
        fixture.reconnected().lose();
        assertThat(causesOfLast()).containsExactly(Cause.TAKEN_OVER, Cause.UNKNOWN_GROUP);
        assertThat(fixture.connections.losses().get(2))
                .hasMessageContaining("GID_session@@@device")
                .hasMessageContaining("again and again within seconds");
        fixture.assertState(ConnectionState.RECONNECTING);
        FakeTransport holds = fixture.reconnected();
        fixture.pass(Duration.ofSeconds(5));
        holds.lose();
        assertThat(causesOfLast()).isEmpty();
    }

    @Test
    void silenceOnEitherSideIsCalledByItsName() {
        fixture.connected().lose(0x8D);
        assertThat(causesOfLast()).containsExactly(Cause.KEEP_ALIVE);
        fixture.reconnected().lose(null, new SilentBrokerException(null));
        assertThat(causesOfLast()).containsExactly(Cause.KEEP_ALIVE);
    }

    @Test
    void afterALossTheFirstEndpointIsTriedFirst() {
        Endpoint first = Endpoint.parse("tcp://127.0.0.1:1");
        Endpoint second = Endpoint.parse("tcp://127.0.0.1:2");
        fixture.endpoints = List.of(first, second);
        fixture.connect();
        fixture.engine.next().unreachable();
        FakeTransport served = fixture.engine.nextAccepted();
        served.lose();
        FakeTransport again = fixture.reconnecting();
        assertThat(again.endpoint).isEqualTo(first);
        again.unreachable();
        assertThat(fixture.engine.next().endpoint).isEqualTo(second);
    }

    @Test
    void aReconnectThatCannotBeSignedSaysSoAndIsTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        fixture.authentication = clientId -> {
            if (attempts.incrementAndGet() == 2) {
                throw CredentialsException.of("a test", "gone for a while");
            }
            return new SignedConnect(null, null, null);
        };
        fixture.connected().lose();
        fixture.pass(HOUR);
        fixture.engine.nextAccepted();
        ConnectFailedException failure = fixture.connections.failures().get(0);
        assertThat(failure.reason()).isEqualTo(Reason.NOT_SIGNED);
        assertThat(failure).hasMessageContaining("gone for a while").hasCauseInstanceOf(CredentialsException.class);
    }

    @Test
    void whoConnectsMeanwhileIsConnectedWithTheNextConnection() {
        fixture.connected().lose();
        CompletableFuture<Void> connecting = fixture.connect();
        assertThat(connecting).isNotDone();
        assertThat(fixture.engine.created).isEmpty();
        fixture.reconnected();
        assertThat(connecting).isCompleted();
    }

    @Test
    void aLossWhileSubscribingAgainIsALossToo() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        first.lose();
        FakeTransport second = fixture.reconnected();
        second.lose();
        fixture.assertState(ConnectionState.RECONNECTING);
        FakeTransport third = fixture.reconnected();
        assertThat(third.packets).containsExactly("SUBSCRIBE 3 [alarms/a]");
        third.grant(1);
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(second.isClosed()).isTrue();
        assertThat(third.isClosed()).isFalse();
        assertThat(fixture.connections.told()).containsExactly("connected", "lost", "lost", "connected");
    }

    @Test
    void aNewSessionIsNotTakenForTheOneThatTheBrokerForgot() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        CompletableFuture<Void> exactlyOnce = fixture.publish("alarms/b", Qos.EXACTLY_ONCE);
        CompletableFuture<Void> atLeastOnce = fixture.publish("alarms/c");
        first.cut();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets)
                .hasSize(1)
                .allSatisfy(packet -> assertThat(packet).startsWith("SUBSCRIBE"));
        second.cut();
        FakeTransport third = fixture.resumed();
        third.grant(1);
        assertThat(third.packets)
                .satisfiesExactly(
                        packet -> assertThat(packet).startsWith("SUBSCRIBE").endsWith("[alarms/a]"),
                        packet -> assertThat(packet).startsWith("PUBLISH").endsWith("alarms/c"));
        assertThat(failureOf(exactlyOnce)).hasMessageContaining("Publish to 'alarms/b' was not acknowledged");
        third.acknowledge();
        assertThat(atLeastOnce).isCompleted();
    }

    @Test
    void subscribingAgainThatIsNotAnsweredEndsTheConnection() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        first.lose();
        FakeTransport second = fixture.reconnected();
        fixture.pass(Duration.ofSeconds(5));
        assertThat(second.isClosed()).isTrue();
        assertThat(fixture.connections.losses().get(1)).hasMessageContaining("has not acknowledged a SUBSCRIBE");
        fixture.reconnected().grant(1);
        fixture.assertState(ConnectionState.CONNECTED);
    }

    @Test
    void disconnectingWhileReconnectingMakesNoFurtherAttempt() {
        fixture.connected().lose();
        assertThat(fixture.disconnect(Duration.ZERO)).isCompleted();
        fixture.pass(HOUR);
        assertThat(fixture.engine.created).isEmpty();
        fixture.assertState(ConnectionState.DISCONNECTED);
        fixture.connected();
    }

    @Test
    void aLossThatIsToldTwiceOrTooLateCountsOnce() {
        FakeTransport first = fixture.connected();
        first.lose();
        first.lose();
        FakeTransport second = fixture.reconnected();
        first.lose();
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(second.isClosed()).isFalse();
        assertThat(fixture.session().statistics().losses()).isEqualTo(1);
    }

    @Test
    void noticesComeOneAtATimeAndInTheOrderOfWhatHappened() {
        List<String> told = new ArrayList<>();
        fixture.listener = new ConnectionListener() {
            @Override
            public void connected() {
                told.add("connected");
                // Other workers go on while this one is in the listener.
                fixture.run();
                told.add("connected, told");
            }

            @Override
            public void connectionLost(ConnectionLostException loss) {
                told.add("lost");
            }
        };
        fixture.connect();
        FakeTransport transport = fixture.engine.next();
        transport.connect.complete(new io.apsaramqtt.client.transport.ConnectAck(false, 10));
        transport.listener.lost(new ConnectionLostException("of a test", null, null));
        fixture.run();
        assertThat(told).startsWith("connected", "connected, told", "lost");
    }

    @Test
    void whatAConnectionListenerThrowsDoesNotSilenceIt() {
        AtomicInteger connects = new AtomicInteger();
        fixture.listener = new ConnectionListener() {
            @Override
            public void connected() {
                connects.incrementAndGet();
                throw new AssertionError("of a test");
            }
        };
        fixture.connected().lose();
        fixture.reconnected();
        assertThat(connects).hasValue(2);
    }

    @Test
    void aBrokerThatClosesInsteadOfAnsweringIsTriedAgain() {
        fixture.connected().lose();
        FakeTransport closing = fixture.reconnecting();
        closing.connect.completeExceptionally(ConnectFailures.closed(closing.endpoint, new java.io.EOFException()));
        fixture.run();
        assertThat(fixture.connections.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.CLOSED_BY_BROKER));
        fixture.reconnected();
    }

    @Test
    void whatATakeoverFailsTellsOfIt() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a", Qos.AT_MOST_ONCE);
        transport.lose(0x8E);
        assertThat(failureOf(published))
                .isInstanceOfSatisfying(
                        ConnectionLostException.class,
                        e -> assertThat(e.probableCause().orElseThrow().causes())
                                .containsExactly(Cause.TAKEN_OVER));
    }

    @Test
    void listenersThatDoNotKeepUpEndTheConnectionAndAreNamed() {
        fixture.listenerCapacity = 1;
        FakeTransport transport = fixture.connected();
        fixture.subscribed(transport, "alarms/a");
        transport.listener.received(1, Message.of("alarms/a", "1"));
        transport.listener.received(2, Message.of("alarms/a", "2"));
        fixture.run();
        assertThat(transport.isClosed()).isTrue();
        assertThat(causesOfLast()).containsExactly(Cause.SLOW_LISTENERS);
        assertThat(fixture.connections.losses().get(0))
                .hasMessageContaining("was closed by this side")
                .hasMessageContaining("listenerThreads");
        assertThat(transport.packets).doesNotContain("PUBACK 2");
        fixture.reconnected().grant(1);
        fixture.assertState(ConnectionState.CONNECTED);
    }

    @Test
    void listenersThatDoNotKeepUpBeforeTheConnectionIsOpenEndItToo() {
        fixture.keepsSession();
        fixture.listenerCapacity = 1;
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        first.lose();
        FakeTransport second = fixture.reconnecting();
        // What the broker kept for the client comes with the CONNACK.
        second.connect.complete(new ConnectAck(true, 65_535));
        second.listener.received(1, Message.of("alarms/a", "1"));
        second.listener.received(2, Message.of("alarms/a", "2"));
        fixture.run();
        assertThat(second.isClosed()).isTrue();
        assertThat(causesOfLast()).containsExactly(Cause.SLOW_LISTENERS);
        FakeTransport third = fixture.resumed();
        third.send(2, Message.of("alarms/a", "2").withDuplicate(true));
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(third.packets).contains("PUBACK 2");
    }

    @Test
    void onlyTheBrokersEndOfIdleConnectionsHintsAtAnotherClient() {
        fixture.connected().cut();
        fixture.reconnected().cut();
        fixture.reconnected().lose();
        assertThat(causesOfLast()).isEmpty();
    }

    @Test
    void aTakeoverAfterALongTimeIsOneOfAnotherRow() {
        FakeTransport transport = fixture.connected();
        for (int i = 0; i < 5; i++) {
            fixture.pass(HOUR);
            transport.lose(0x8E);
            fixture.assertState(ConnectionState.RECONNECTING);
            transport = fixture.reconnected();
        }
        transport.lose(0x8E);
        fixture.reconnected().lose(0x8E);
        fixture.assertState(ConnectionState.DISCONNECTED);
    }

    @Test
    void aBrokerThatIsBusyIsNeverGivenUp() {
        fixture.connected().lose();
        for (int code : new int[] {0x80, 0x83, 0x88, 0x89, 0x97, 0x9C, 0x9F}) {
            for (int i = 0; i < 6; i++) {
                fixture.reconnecting().refuse(code);
                assertThat(fixture.session().state()).as("after 0x%x", code).isEqualTo(ConnectionState.RECONNECTING);
            }
        }
        fixture.reconnected();
    }

    @Test
    void theReasonOfABrokerThatGoesAwayAccusesNoTopic() {
        fixture.deliveryTimeout = HOUR;
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        for (int code : new int[] {0x89, 0x8B, 0x96, 0x97, 0x98, 0x9C, 0x9D, 0x9F, 0xA0}) {
            transport.lose(code);
            assertThat(causesOfLast()).as("after 0x%x", code).isEmpty();
            transport = fixture.reconnected();
        }
        transport.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void ofSeveralEndpointsEachRoundIsOneFailure() {
        fixture.endpoints = List.of(Endpoint.parse("tcp://127.0.0.1:1"), Endpoint.parse("tcp://127.0.0.1:2"));
        FakeTransport transport = fixture.connected();
        fixture.pass(HOUR);
        transport.lose();
        for (int round = 0; round < 3; round++) {
            fixture.reconnecting().unreachable();
            fixture.engine.next().unreachable();
        }
        assertThat(fixture.delays).containsExactly(1_000L, 2_000L, 4_000L, 8_000L);
    }
}
