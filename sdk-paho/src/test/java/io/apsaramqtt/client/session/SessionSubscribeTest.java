package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRuleException.Rule;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions: in few packets, once again after a loss, and gone when they are given up. */
@InSeveralOrders
class SessionSubscribeTest {

    private static final Ack REFUSED = new Ack(0x80, null);

    private final SessionFixture fixture;

    SessionSubscribeTest(long seed) {
        fixture = new SessionFixture(seed);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<String> subscriptions() {
        return fixture.session().subscribed().stream().map(TopicFilter::value).toList();
    }

    @Test
    void aSubscribeCompletesWhenTheBrokerHasGrantedItAndMessagesComeFromThenOn() {
        FakeTransport transport = fixture.connected();
        Inbox inbox = new Inbox();
        CompletableFuture<Void> subscribing = fixture.subscribe("alarms/#", inbox);
        assertThat(subscribing).isNotDone();
        // The broker may send before its SUBACK (MQTT 3.1.1 section 3.8.4).
        transport.send(1, Message.of("alarms/a", "early"));
        transport.grant(1);
        assertThat(subscribing).isCompleted();
        transport.send(2, Message.of("alarms/b", "x"));
        assertThat(inbox.rest()).extracting(Message::text).containsExactlyInAnyOrder("early", "x");
        assertThat(subscriptions()).containsExactly("alarms/#");
    }

    @Test
    void whatTheBrokerGrantsIsToldUntilTheFilterIsGivenUp() {
        TopicFilter filter = TopicFilter.of("alarms/#");
        FakeTransport transport = fixture.connected();
        fixture.subscribe("alarms/#");
        assertThat(fixture.session().granted(filter)).isEmpty();
        transport.nextSubscribe().answer(List.of(new Ack(1, null)));
        assertThat(fixture.session().granted(filter)).contains(Qos.AT_LEAST_ONCE);
        fixture.session().unsubscribe(filter);
        assertThat(fixture.session().granted(filter)).isEmpty();
    }

    @Test
    void aRefusedSubscribeFailsAndIsForgotten() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> subscribing = fixture.subscribe("alarms/#");
        transport.nextSubscribe().answer(List.of(REFUSED));
        assertThat(failureOf(subscribing))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageStartingWith("The broker refused to subscribe to 'alarms/#' with reason code 0x80");
        assertThat(subscriptions()).isEmpty();
        assertThat(fixture.session().statistics().refused()).isEqualTo(1);
        transport.lose();
        assertThat(fixture.reconnected().packets).isEmpty();
        assertThat(fixture.connections.told()).containsExactly("connected", "lost", "connected");
    }

    @Test
    void aSubscribeThatFailsLeavesTheListenerThatWasThere() {
        FakeTransport transport = fixture.connected();
        Inbox first = new Inbox();
        Inbox second = new Inbox();
        fixture.subscribed(transport, "alarms/#", first);
        CompletableFuture<Void> again = fixture.subscribe("alarms/#", second);
        transport.nextSubscribe().answer(List.of(REFUSED));
        assertThat(again).isCompletedExceptionally();
        transport.send(1, Message.of("alarms/a", "x"));
        assertThat(first.rest()).hasSize(1);
        assertThat(second.rest()).isEmpty();
    }

    @Test
    void subscribingAgainReplacesTheListener() {
        FakeTransport transport = fixture.connected();
        Inbox first = new Inbox();
        Inbox second = new Inbox();
        fixture.subscribed(transport, "alarms/#", first);
        fixture.subscribed(transport, "alarms/#", second);
        transport.send(1, Message.of("alarms/a", "x"));
        assertThat(first.rest()).isEmpty();
        assertThat(second.rest()).hasSize(1);
    }

    @Test
    void onePacketAtATimeCarriesWhatWaited() {
        FakeTransport transport = fixture.connected();
        List<CompletableFuture<Void>> subscribing = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            subscribing.add(fixture.subscribe("alarms/" + i));
        }
        assertThat(transport.packets).containsExactly("SUBSCRIBE 1 [alarms/0]");
        transport.grant(1);
        assertThat(transport.packets).hasSize(2).endsWith("SUBSCRIBE 2 [alarms/1, alarms/2, alarms/3]");
        transport.nextSubscribe().answer(List.of(Ack.SUCCESS, REFUSED, Ack.SUCCESS));
        assertThat(subscribing.get(1)).isCompleted();
        assertThat(failureOf(subscribing.get(2))).hasMessageContaining("alarms/2");
        assertThat(subscribing.get(3)).isCompleted();
        assertThat(subscriptions()).containsExactly("alarms/0", "alarms/1", "alarms/3");
    }

    @Test
    void aPacketCarriesAHundredFilters() {
        fixture.profile = Profile.GENERIC;
        for (int i = 0; i < 250; i++) {
            fixture.subscribeAtConnect("alarms/" + i);
        }
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport transport = fixture.engine.nextAccepted();
        transport.grant(100);
        transport.grant(100);
        assertThat(connecting).isNotDone();
        transport.grant(50);
        assertThat(connecting).isCompleted();
        assertThat(transport.packets).hasSize(3);
        assertThat(transport.packets.get(2)).startsWith("SUBSCRIBE 3 [alarms/200, ");
    }

    @Test
    void anEngineThatCannotSubscribeFailsTheCall() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> subscribing = fixture.subscribe("alarms/a");
        CompletableFuture<Void> other = fixture.subscribe("alarms/b");
        transport.nextSubscribe().fail(new IllegalStateException("engine"));
        assertThat(failureOf(subscribing)).isInstanceOf(IllegalStateException.class);
        transport.grant(1);
        assertThat(other).isCompleted();
    }

    @Test
    void aSubscribeThatIsNotAnsweredFailsInTimeAndEndsTheConnection() {
        FakeTransport silent = fixture.connected();
        CompletableFuture<Void> subscribing = fixture.subscribe("alarms/a");
        fixture.pass(Duration.ofSeconds(5));
        assertThat(failureOf(subscribing))
                .isInstanceOfSatisfying(
                        OperationTimeoutException.class,
                        e -> assertThat(e.timeout()).isEqualTo(Duration.ofSeconds(5)))
                .hasMessage("Subscribe to 'alarms/a' was not acknowledged within 5000 ms");
        assertThat(silent.isClosed()).isTrue();
        assertThat(subscriptions()).isEmpty();
        assertThat(fixture.reconnected().packets).isEmpty();
    }

    @Test
    void aSubscribeInFlightAtALossIsSentAgain() {
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> subscribing = fixture.subscribe("alarms/a");
        first.lose();
        assertThat(subscribing).isNotDone();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).hasSize(1);
        fixture.assertState(ConnectionState.CONNECTED);
        first.grant(1);
        assertThat(subscribing).isNotDone();
        second.grant(1);
        assertThat(subscribing).isCompleted();
    }

    @Test
    void aSubscribeThatExpiresAfterALossTellsTheLoss() {
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> subscribing = fixture.subscribe("alarms/a");
        first.lose();
        fixture.reconnecting();
        fixture.pass(Duration.ofSeconds(5));
        assertThat(failureOf(subscribing))
                .isInstanceOf(OperationTimeoutException.class)
                .hasCauseInstanceOf(ConnectionLostException.class);
        assertThat(subscriptions()).isEmpty();
    }

    @Test
    void whereTheBrokerForgotTheSessionAllIsSubscribedToAgain() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        fixture.subscribed(first, "alarms/b");
        first.lose();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("SUBSCRIBE 3 [alarms/a, alarms/b]");
        fixture.assertState(ConnectionState.RECONNECTING);
        second.grant(2);
        fixture.assertState(ConnectionState.CONNECTED);
    }

    @Test
    void whereTheBrokerKeptTheSessionOnlyWhatItDoesNotKnowIsSubscribedTo() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        fixture.subscribeAtConnect("alarms/b");
        first.lose();
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).containsExactly("SUBSCRIBE 2 [alarms/b]");
        second.grant(1);
        second.lose();
        assertThat(fixture.resumed().packets).isEmpty();
        fixture.assertState(ConnectionState.CONNECTED);
    }

    @Test
    void aKeptSessionOfAnEarlierProcessIsSubscribedToAgain() {
        fixture.keepsSession();
        fixture.subscribeAtConnect("alarms/a");
        fixture.connect();
        FakeTransport transport = fixture.engine.next();
        transport.accept(true, 65_535);
        assertThat(transport.packets).containsExactly("SUBSCRIBE 1 [alarms/a]");
        transport.grant(1);
    }

    @Test
    void whatWasPublishedBeforeALossIsSentAfterTheSubscriptionsAreThere() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        fixture.publish("alarms/b");
        first.lose();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("SUBSCRIBE 3 [alarms/a]");
        second.grant(1);
        assertThat(second.packets).hasSize(2).last().asString().endsWith("alarms/b");
    }

    @Test
    void aFilterThatMeanwhileIsDeniedIsNotSubscribedToAgain() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        fixture.subscribed(first, "billing/a");
        fixture.granted = SessionFixture.onlyFor("alarms");
        first.lose();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("SUBSCRIBE 3 [alarms/a]");
        second.grant(1);
        assertThat(fixture.connections.told())
                .containsExactly("connected", "lost", "subscription lost billing/a", "connected");
        assertThat(fixture.connections.reason()).isInstanceOf(PermissionDeniedException.class);
        assertThat(subscriptions()).containsExactly("alarms/a", "billing/a");
        fixture.granted = SessionFixture.onlyFor("billing");
        second.lose();
        FakeTransport third = fixture.reconnected();
        assertThat(third.packets).containsExactly("SUBSCRIBE 4 [billing/a]");
        third.grant(1);
    }

    @Test
    void whatTheBrokerGrantsIsNotLostThoughThePermissionsComeToDenyIt() {
        FakeTransport transport = fixture.connected();
        Inbox inbox = new Inbox();
        fixture.subscribed(transport, "billing/a", inbox);
        fixture.granted = SessionFixture.onlyFor("alarms");
        fixture.session().forgive();
        fixture.run();
        assertThat(fixture.connections.told()).containsExactly("connected");
        transport.send(1, Message.of("billing/a", "x").withQos(Qos.AT_LEAST_ONCE));
        assertThat(inbox.rest()).hasSize(1);

        transport.cut();
        fixture.session().forgive();
        fixture.run();
        assertThat(fixture.connections.told()).containsExactly("connected", "lost");
        // The next connection has no session: now it is lost.
        assertThat(fixture.reconnected().packets).isEmpty();
        assertThat(fixture.connections.told())
                .containsExactly("connected", "lost", "subscription lost billing/a", "connected");
    }

    @Test
    void whatTheBrokerGrantsInASessionThatItKeepsIsNotLostWithAConnection() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "billing/a");
        fixture.granted = SessionFixture.onlyFor("alarms");
        first.cut();
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).isEmpty();
        assertThat(fixture.connections.told()).containsExactly("connected", "lost", "connected");
        second.cut();
        fixture.reconnected();
        assertThat(fixture.connections.told()).contains("subscription lost billing/a");
    }

    @Test
    void aFilterThatWasSubscribedToUncheckedIsSoAgain() {
        fixture.granted = SessionFixture.onlyFor("alarms");
        FakeTransport first = fixture.connected();
        assertThat(failureOf(fixture.subscribe("billing/a"))).isInstanceOf(PermissionDeniedException.class);
        fixture.done(fixture.session()
                .subscribe(
                        TopicFilter.of("billing/a"),
                        Qos.AT_LEAST_ONCE,
                        SessionFixture.receiver(message -> {}),
                        PermissionMode.OFF));
        first.grant(1);
        first.lose();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("SUBSCRIBE 2 [billing/a]");
        second.grant(1);
    }

    @Test
    void unsubscribingTellsTheBroker() {
        FakeTransport transport = fixture.connected();
        Inbox inbox = new Inbox();
        fixture.subscribed(transport, "alarms/a", inbox);
        CompletableFuture<Void> leaving = fixture.unsubscribe("alarms/a");
        assertThat(transport.packets).containsExactly("SUBSCRIBE 1 [alarms/a]", "UNSUBSCRIBE 2 [alarms/a]");
        assertThat(leaving).isNotDone();
        transport.send(1, Message.of("alarms/a", "late"));
        assertThat(inbox.rest()).isEmpty();
        transport.nextUnsubscribe().answer(List.of(Ack.SUCCESS));
        assertThat(leaving).isCompleted();
        transport.lose();
        assertThat(fixture.reconnected().packets).isEmpty();
    }

    @Test
    void unsubscribingWhileNotConnectedOnlyForgetsWhatTheBrokerForgetsToo() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        first.lose();
        assertThat(fixture.unsubscribe("alarms/a")).isCompleted();
        assertThat(fixture.reconnected().packets).isEmpty();
    }

    @Test
    void unsubscribingWhileNotConnectedIsDoneLaterWhereTheBrokerKeepsTheSession() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        fixture.subscribed(first, "alarms/b");
        first.lose();
        assertThat(fixture.unsubscribe("alarms/a")).isCompleted();
        assertThat(fixture.unsubscribe("alarms/never")).isCompleted();
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).containsExactly("UNSUBSCRIBE 3 [alarms/a]");
        second.nextUnsubscribe().answer(List.of(Ack.SUCCESS));
        second.lose();
        assertThat(fixture.resumed().packets).isEmpty();
    }

    @Test
    void whatIsSubscribedToAgainIsNotUnsubscribedFromLater() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        first.lose();
        fixture.unsubscribe("alarms/a");
        fixture.subscribeAtConnect("alarms/b");
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).containsExactly("SUBSCRIBE 2 [alarms/b]");
        second.grant(1);
        assertThat(second.packets).hasSize(2).last().asString().startsWith("UNSUBSCRIBE");
    }

    @Test
    void anUnsubscribeThatIsNotAnsweredFailsInTime() {
        FakeTransport transport = fixture.connected();
        fixture.subscribed(transport, "alarms/a");
        CompletableFuture<Void> leaving = fixture.unsubscribe("alarms/a");
        fixture.pass(Duration.ofSeconds(5));
        assertThat(failureOf(leaving))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessage("Unsubscribe from 'alarms/a' was not acknowledged within 5000 ms");
    }

    @Test
    void anUnsubscribeThatIsNotAnsweredGivesItsIdentifierBackWithTheConnection() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> leaving = fixture.unsubscribe("alarms/a");
        assertThat(transport.packets).containsExactly("UNSUBSCRIBE 1 [alarms/a]");
        transport.lose();
        assertThat(leaving).isCompleted();
        FakeTransport second = fixture.reconnected();
        for (int i = 2; i <= 65_536; i++) {
            fixture.publish("alarms/a", Qos.AT_LEAST_ONCE);
            second.acknowledge();
        }
        assertThat(second.packets).last().isEqualTo("PUBLISH 1 alarms/a");
        // Too late: the identifier belongs to the message now.
        fixture.publish("alarms/b");
        transport.nextUnsubscribe().answer(List.of(Ack.SUCCESS));
        assertThat(second.packets).last().isEqualTo("PUBLISH 2 alarms/b");
        second.acknowledge();
    }

    @Test
    void anUnsubscribeThatADisconnectOvertakesIsSentOnTheNextConnection() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        fixture.unsubscribe("alarms/a");
        fixture.disconnect(Duration.ZERO);
        first.disconnect.complete(null);
        fixture.run();
        fixture.connect();
        FakeTransport second = fixture.engine.next();
        second.accept(true, 65_535);
        assertThat(second.packets).containsExactly("UNSUBSCRIBE 3 [alarms/a]");
        second.nextUnsubscribe().answer(List.of(Ack.SUCCESS));
    }

    @Test
    void whatIsSubscribedToWhileItIsUnsubscribedFromStaysSubscribedTo() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        fixture.unsubscribe("alarms/a");
        fixture.subscribe("alarms/a");
        first.lose();
        FakeTransport second = fixture.resumed();
        while (!second.subscribed.isEmpty()) {
            second.grant(1);
        }
        assertThat(second.packets).isNotEmpty().noneMatch(packet -> packet.startsWith("UNSUBSCRIBE"));
    }

    @Test
    void callsWithoutAConnectionFail() {
        assertThat(failureOf(fixture.subscribe("alarms/a")))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("subscribe to 'alarms/a'");
        fixture.connected().lose();
        assertThat(failureOf(fixture.subscribe("alarms/a")))
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("connecting again");
        assertThat(subscriptions()).isEmpty();
    }

    @Test
    void whatBreaksARuleIsNotSubscribedTo() {
        FakeTransport transport = fixture.connected();
        assertThat(failureOf(fixture.subscribe("$share/g/alarms")))
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.SHARED_SUBSCRIPTION));
        assertThatThrownBy(() -> fixture.subscribeAtConnect("$share/g/alarms"))
                .isInstanceOf(ServiceRuleException.class);
        assertThat(transport.packets).isEmpty();
    }

    @Test
    void theThirtyFirstSubscriptionIsRefusedUntilOneIsGivenUp() {
        FakeTransport transport = fixture.connected();
        for (int i = 0; i < 30; i++) {
            fixture.subscribed(transport, "alarms/" + i);
        }
        assertThat(failureOf(fixture.subscribe("alarms/30")))
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.SUBSCRIPTIONS))
                .hasMessageContaining("would be subscription 31 of this client");
        fixture.unsubscribe("alarms/0");
        transport.nextUnsubscribe().answer(List.of(Ack.SUCCESS));
        fixture.subscribed(transport, "alarms/30");
    }

    @Test
    void aListenerOfTwoFiltersThatMatchGetsAMessageOnce() {
        FakeTransport transport = fixture.connected();
        Inbox inbox = new Inbox();
        fixture.subscribed(transport, "alarms/#", inbox);
        fixture.subscribed(transport, "alarms/a", inbox);
        transport.send(1, Message.of("alarms/a", "x").withQos(Qos.AT_LEAST_ONCE));
        assertThat(inbox.rest()).hasSize(1);
        assertThat(transport.packets).last().isEqualTo("PUBACK 1");
    }

    @Test
    void whatIsAddressedToTheClientAloneNeedsNoSubscription() {
        Inbox inbox = new Inbox();
        fixture.p2p = inbox;
        FakeTransport transport = fixture.connected();
        transport.send(1, Message.of("alarms/p2p/" + fixture.clientId, "for me"));
        transport.send(2, Message.of("alarms/p2p/GID_session@@@other", "for another"));
        assertThat(inbox.rest()).extracting(Message::text).containsExactly("for me");
    }

    @Test
    void aFilterThatIsNoLongerGrantedIsToldAndGone() {
        FakeTransport first = fixture.connected();
        fixture.subscribed(first, "alarms/a");
        fixture.subscribed(first, "alarms/b");
        first.lose();
        FakeTransport second = fixture.reconnected();
        second.nextSubscribe().answer(List.of(REFUSED, Ack.SUCCESS));
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(fixture.connections.told()).contains("subscription lost alarms/a");
        assertThat(fixture.connections.reason()).isInstanceOf(OperationRefusedException.class);
        assertThat(subscriptions()).containsExactly("alarms/b");
        second.lose();
        FakeTransport third = fixture.reconnected();
        assertThat(third.packets).containsExactly("SUBSCRIBE 4 [alarms/b]");
        third.grant(1);
    }
}
