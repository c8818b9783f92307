package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.MqttVersion;
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

/** What becomes of an accepted message: acknowledged, refused, sent again, or failed. */
@InSeveralOrders
class SessionPublishTest {

    private final SessionFixture fixture;

    SessionPublishTest(long seed) {
        fixture = new SessionFixture(seed);
    }

    @AfterEach
    void close() {
        fixture.close();
        assertThat(fixture.session().statistics().pending()).isZero();
    }

    @Test
    void aPublishCompletesWhenTheBrokerHasAcknowledged() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms/a");
        assertThat(published).isNotDone();
        assertThat(fixture.session().statistics().pending()).isEqualTo(1);
        transport.acknowledge();
        assertThat(published).isCompleted();
        assertThat(fixture.session().statistics().accepted()).isEqualTo(1);
        assertThat(fixture.session().statistics().acknowledged()).isEqualTo(1);
    }

    @Test
    void whatIsAcknowledgedAtOnceIsDoneAtOnce() {
        FakeTransport transport = fixture.connected();
        List<CompletableFuture<Void>> published = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            published.add(fixture.publish("alarms/" + i));
            transport.acknowledge();
        }
        assertThat(transport.packets).containsExactly("PUBLISH 1 alarms/0", "PUBLISH 2 alarms/1", "PUBLISH 3 alarms/2");
        assertThat(published).allSatisfy(each -> assertThat(each).isCompleted());
    }

    @Test
    void aRefusedPublishFails() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        transport.nextPublish().answer(new Ack(0x99, "no text"));
        assertThat(failureOf(published))
                .isInstanceOfSatisfying(
                        OperationRefusedException.class,
                        e -> assertThat(e.reasonCode()).isEqualTo(0x99))
                .hasMessage(
                        "The broker refused to publish to 'alarms/a' with reason code 0x99 (payload format invalid),"
                                + " saying \"no text\"");
        assertThat(fixture.session().statistics().refused()).isEqualTo(1);
        assertThat(fixture.session().statistics().acknowledged()).isZero();
        fixture.assertState(ConnectionState.CONNECTED);
    }

    @Test
    void whateverAFutureFailsWithIsGivenToItsCallbacksUnwrapped() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Throwable> given = new CompletableFuture<>();
        fixture.publish("alarms/a").whenComplete((done, failure) -> given.complete(failure));
        transport.nextPublish().answer(new Ack(0x87, null));
        assertThat(given).isCompletedWithValueMatching(OperationRefusedException.class::isInstance);
    }

    @Test
    void whatTheEngineCannotSendFailsAndLeavesTheOthersAlone() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> one = fixture.publish("alarms/a");
        CompletableFuture<Void> other = fixture.publish("alarms/b");
        transport.nextPublish().fail(new IllegalStateException("engine"));
        assertThat(failureOf(one)).isInstanceOf(IllegalStateException.class);
        transport.acknowledge();
        assertThat(other).isCompleted();
    }

    @Test
    void aCheckedFailureOfTheEngineIsTurnedIntoOneOfOurs() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        transport.nextPublish().fail(new java.io.IOException("engine"));
        assertThat(failureOf(published)).isInstanceOf(ApsaraMqttException.class).hasRootCauseMessage("engine");
    }

    @Test
    void whatWasInFlightIsSentAgainAsANewMessageWhereTheBrokerForgotTheSession() {
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        first.lose();
        assertThat(published).isNotDone();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("PUBLISH 2 alarms/a");
        second.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void whatWasInFlightIsSentAgainWithItsIdentifierWhereTheBrokerKeptTheSession() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        first.lose();
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).containsExactly("PUBLISH 1 alarms/a again");
        second.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void anAnswerOfALostConnectionIsNoAnswer() {
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        first.lose();
        first.acknowledge();
        assertThat(published).isNotDone();
        FakeTransport second = fixture.reconnected();
        first.packets.clear();
        second.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void anAnswerThatFailsBecauseOfTheLossKeepsTheMessage() {
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        first.nextPublish().fail(new ConnectionLostException("told by the engine", null, null));
        assertThat(published).isNotDone();
        first.lose();
        fixture.reconnected().acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void theOrderIsKeptOverALoss() {
        fixture.keepsSession();
        fixture.window = 3;
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        FakeTransport first = fixture.connected();
        for (int i = 1; i <= 5; i++) {
            fixture.publish("alarms/" + i);
        }
        first.nextPublish();
        first.acknowledge();
        fixture.pass(Duration.ofSeconds(6));
        // Packets 1, 3 and 4 are in flight, for longer than the connection's loss could be about them.
        first.lose();
        FakeTransport second = fixture.resumed();
        second.acknowledge();
        assertThat(second.packets)
                .containsExactly(
                        "PUBLISH 1 alarms/1 again",
                        "PUBLISH 3 alarms/3 again",
                        "PUBLISH 4 alarms/4 again",
                        "PUBLISH 5 alarms/5");
        second.acknowledge();
        second.acknowledge();
        second.acknowledge();
    }

    @Test
    void whatIsPublishedAfterALossComesAfterWhatWasBefore() {
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        FakeTransport first = fixture.connected();
        fixture.publish("alarms/a");
        fixture.pass(Duration.ofSeconds(6));
        first.lose();
        fixture.publish("alarms/b");
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("PUBLISH 2 alarms/a", "PUBLISH 3 alarms/b");
        second.acknowledge();
        second.acknowledge();
    }

    @Test
    void aMessageOfQos2ThatTheBrokerTookOverIsOnlyReleasedAgain() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        first.receive(1);
        assertThat(published).isNotDone();
        first.lose();
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).containsExactly("PUBREL 1");
        second.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void aReleaseWhoseIdentifierTheBrokerDoesNotKnowAnyMoreCompletesTheMessage() {
        fixture.keepsSession();
        fixture.version = MqttVersion.V5;
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        first.receive(1);
        // The broker has completed it; its PUBCOMP was lost with the connection.
        first.lose();
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).containsExactly("PUBREL 1");
        second.nextPublish().answer(new Ack(0x92, null));
        assertThat(published).isCompleted();
        assertThat(fixture.session().statistics().acknowledged()).isEqualTo(1);
        assertThat(fixture.session().statistics().refused()).isZero();
    }

    @Test
    void aReleaseThatNobodyWaitsForAcknowledgesNothing() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> expired = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        fixture.pass(Duration.ofSeconds(30));
        assertThat(failureOf(expired)).isInstanceOf(OperationTimeoutException.class);
        assertThat(first.isClosed()).isTrue();
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).containsExactly("PUBREL 1");
        second.acknowledge();
        assertThat(fixture.session().statistics().pending()).isZero();
        assertThat(fixture.session().statistics().acknowledged()).isZero();
    }

    @Test
    void aMessageOfQos2ThatTheBrokerDidNotTakeOverIsSentAgain() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        first.lose();
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).containsExactly("PUBLISH 1 alarms/a again");
        second.receive(1);
        second.lose();
        FakeTransport third = fixture.resumed();
        assertThat(third.packets).containsExactly("PUBREL 1");
        third.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void aPubrecForAnotherPacketOrConnectionReleasesNothing() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        fixture.publish("alarms/a");
        fixture.publish("alarms/b", Qos.EXACTLY_ONCE);
        first.receive(1);
        first.receive(7);
        fixture.pass(Duration.ofSeconds(6));
        first.lose();
        FakeTransport second = fixture.resumed();
        first.receive(2);
        second.lose();
        FakeTransport third = fixture.resumed();
        third.acknowledge();
        assertThat(third.packets).containsExactly("PUBLISH 1 alarms/a again", "PUBLISH 2 alarms/b again");
        third.acknowledge();
    }

    @Test
    void aMessageOfQos2OfACleanSessionFailsAtTheLossAsItMightComeTwice() {
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        first.lose();
        assertThat(failureOf(published))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageStartingWith("Publish to 'alarms/a' was not acknowledged. Connection to");
        assertThat(fixture.reconnected().packets).isEmpty();
    }

    @Test
    void aMessageOfQos0IsDoneWhenItIsWrittenAndFailsWhereItIsNot() {
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> written = fixture.publish("alarms/a", Qos.AT_MOST_ONCE);
        assertThat(first.packets).containsExactly("PUBLISH 0 alarms/a");
        first.acknowledge();
        assertThat(written).isCompleted();
        CompletableFuture<Void> unwritten = fixture.publish("alarms/a", Qos.AT_MOST_ONCE);
        first.lose();
        assertThat(failureOf(unwritten))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageStartingWith("Publish to 'alarms/a' was not acknowledged");
        assertThat(fixture.reconnected().packets).isEmpty();
    }

    @Test
    void twoThatFailAtALossGetAnExceptionEach() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> first = fixture.publish("alarms/a", Qos.AT_MOST_ONCE);
        CompletableFuture<Void> second = fixture.publish("alarms/a", Qos.AT_MOST_ONCE);
        transport.lose();
        assertThat(failureOf(first)).isNotSameAs(failureOf(second));
    }

    @Test
    void whatIsNotAcknowledgedInTimeFailsAndEndsTheConnection() {
        FakeTransport silent = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        fixture.pass(Duration.ofMillis(29_999));
        assertThat(published).isNotDone();
        fixture.pass(Duration.ofMillis(1));
        assertThat(failureOf(published))
                .isInstanceOfSatisfying(
                        OperationTimeoutException.class,
                        e -> assertThat(e.timeout()).isEqualTo(Duration.ofSeconds(30)))
                .hasMessage("Publish to 'alarms/a' was not acknowledged within 30000 ms");
        assertThat(silent.isClosed()).isTrue();
        assertThat(fixture.connections.losses())
                .singleElement()
                .satisfies(loss ->
                        assertThat(loss).hasMessageContaining("by this side").hasMessageContaining("not acknowledged"));
        assertThat(fixture.reconnected().packets).isEmpty();
    }

    @Test
    void theDeadlineRunsOnAcrossReconnectsAndTellsTheLoss() {
        fixture.keepsSession();
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish("alarms/a");
        fixture.pass(Duration.ofSeconds(6));
        transport.cut();
        for (int i = 0; i < 6; i++) {
            fixture.reconnecting().unreachable();
        }
        assertThat(failureOf(published))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageStartingWith("Publish to 'alarms/a' was not acknowledged within 30000 ms. Connection to")
                .hasCauseInstanceOf(ConnectionLostException.class);
        assertThat(fixture.resumed().packets).isEmpty();
    }

    @Test
    void anExpiredMessageOfQos2IsReleasedSoThatTheBrokerLetsGoOfItsIdentifier() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> expired = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        first.cut();
        for (int i = 0; i < 5; i++) {
            fixture.reconnecting().unreachable();
        }
        assertThat(failureOf(expired)).isInstanceOf(OperationTimeoutException.class);
        FakeTransport second = fixture.resumed();
        fixture.publish("alarms/b");
        assertThat(second.packets).containsExactly("PUBREL 1", "PUBLISH 2 alarms/b");
        second.acknowledge();
        second.acknowledge();
    }

    @Test
    void anExpiredMessageOfQos2IsForgottenWithTheSession() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> expired = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        first.cut();
        for (int i = 0; i < 5; i++) {
            fixture.reconnecting().unreachable();
        }
        assertThat(failureOf(expired)).isInstanceOf(OperationTimeoutException.class);
        assertThat(fixture.reconnected().packets).isEmpty();
        assertThat(fixture.session().statistics().pending()).isZero();
    }

    @Test
    void whatBreaksARuleIsNotSent() {
        FakeTransport transport = fixture.connected();
        assertThat(failureOf(fixture.publish(Message.of("alarms/a", "x").withRetained(true))))
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.RETAINED_MESSAGE));
        assertThat(failureOf(fixture.publish(Message.of("alarms/a", "x")
                        .withProperties(MessageProperties.none().withContentType("text/plain")))))
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.PROPERTIES));
        assertThat(transport.packets).isEmpty();
        assertThat(fixture.session().statistics().accepted()).isZero();
    }

    @Test
    void theServiceHasNoQos2InASessionThatIsKept() {
        fixture.kept = new SessionSettings.Kept(false, Duration.ofHours(1));
        FakeTransport transport = fixture.connected();
        assertThat(failureOf(fixture.publish("alarms/a", Qos.EXACTLY_ONCE)))
                .isInstanceOfSatisfying(
                        ServiceRuleException.class, e -> assertThat(e.rule()).isEqualTo(Rule.QOS))
                .hasMessageContaining("Message for topic [alarms/a] asks for QoS 2 in a session that the broker keeps");
        assertThat(failureOf(fixture.done(fixture.session()
                        .subscribe(
                                TopicFilter.of("alarms/#"), Qos.EXACTLY_ONCE, SessionFixture.receiver(message -> {})))))
                .isInstanceOf(ServiceRuleException.class)
                .hasMessageContaining("Topic filter [alarms/#] asks for QoS 2");
        assertThat(transport.packets).isEmpty();
        CompletableFuture<Void> published = fixture.publish("alarms/a", Qos.AT_LEAST_ONCE);
        transport.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void inACleanSessionOrWithAnotherBrokerQos2IsSent() {
        FakeTransport clean = fixture.connected();
        fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        assertThat(clean.packets).hasSize(1);
        clean.acknowledge();
        try (SessionFixture other = new SessionFixture(1)) {
            other.keepsSession();
            FakeTransport kept = other.connected();
            other.publish("alarms/a", Qos.EXACTLY_ONCE);
            assertThat(kept.packets).hasSize(1);
            kept.acknowledge();
        }
    }

    @Test
    void whatIsDeniedIsNotSentUnlessTheCallIsUnchecked() {
        fixture.granted = SessionFixture.onlyFor("alarms");
        FakeTransport transport = fixture.connected();
        assertThat(failureOf(fixture.publish("billing/a"))).isInstanceOf(PermissionDeniedException.class);
        assertThat(transport.packets).isEmpty();
        CompletableFuture<Void> unchecked =
                fixture.done(fixture.session().publish(Message.of("billing/a", "x"), PermissionMode.OFF));
        transport.acknowledge();
        assertThat(unchecked).isCompleted();
    }

    @Test
    void aMessageThatWasSentLateDoesNotCostAConnectionThatIsSound() {
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        fixture.connected().cut();
        CompletableFuture<Void> late = fixture.publish("alarms/a");
        CompletableFuture<Void> other = fixture.publish("alarms/b");
        fixture.pass(Duration.ofSeconds(2));
        FakeTransport attempt = fixture.engine.next();
        attempt.unreachable();
        fixture.pass(Duration.ofSeconds(4));
        fixture.engine.next();
        fixture.pass(Duration.ofSeconds(10));
        fixture.pass(Duration.ofSeconds(8));
        attempt = fixture.engine.next();
        fixture.pass(Duration.ofMillis(5_900));
        // 100 ms are left of the 30 s.
        attempt.accept();
        assertThat(attempt.packets).hasSize(2);
        fixture.pass(Duration.ofMillis(100));
        assertThat(failureOf(late)).isInstanceOf(OperationTimeoutException.class);
        assertThat(failureOf(other)).isInstanceOf(OperationTimeoutException.class);
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(fixture.session().statistics().pending()).isEqualTo(2);
        // The packets are still the broker's to answer; one that it does not answer costs the connection after all.
        attempt.acknowledge();
        assertThat(fixture.session().statistics().pending()).isEqualTo(1);
        fixture.pass(Duration.ofMillis(4_899));
        fixture.assertState(ConnectionState.CONNECTED);
        fixture.pass(Duration.ofMillis(1));
        fixture.assertState(ConnectionState.RECONNECTING);
        assertThat(fixture.connections.losses().get(1))
                .hasMessageContaining("has not acknowledged a message within 5000 ms");
    }

    @Test
    void anExpiredMessageThatTheBrokerAnswersAfterAllCostsNothing() {
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        fixture.deliveryTimeout = Duration.ofSeconds(6);
        fixture.window = 1;
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/a");
        CompletableFuture<Void> late = fixture.publish("alarms/b");
        fixture.pass(Duration.ofSeconds(3));
        transport.acknowledge();
        fixture.pass(Duration.ofSeconds(3));
        assertThat(failureOf(late)).isInstanceOf(OperationTimeoutException.class);
        fixture.pass(Duration.ofSeconds(1));
        transport.acknowledge();
        fixture.pass(Duration.ofSeconds(10));
        fixture.assertState(ConnectionState.CONNECTED);
        fixture.publish("alarms/c");
        transport.acknowledge();
        assertThat(transport.packets).hasSize(3);
    }

    @Test
    void aReleaseThatNobodyWaitsForMustBeAnsweredToo() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> expired = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        fixture.pass(Duration.ofSeconds(30));
        assertThat(failureOf(expired)).isInstanceOf(OperationTimeoutException.class);
        assertThat(first.isClosed()).isTrue();
        FakeTransport second = fixture.resumed();
        assertThat(second.packets).containsExactly("PUBREL 1");
        fixture.pass(Duration.ofSeconds(5));
        fixture.assertState(ConnectionState.RECONNECTING);
        FakeTransport third = fixture.resumed();
        third.acknowledge();
        fixture.pass(Duration.ofSeconds(5));
        fixture.assertState(ConnectionState.CONNECTED);
    }

    @Test
    void aMessageOfQos2FailsWhereTheBrokerForgotTheSessionItShouldHaveKept() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> sent = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        CompletableFuture<Void> takenOver = fixture.publish("alarms/b", Qos.EXACTLY_ONCE);
        CompletableFuture<Void> other = fixture.publish("alarms/c");
        first.receive(2);
        first.lose();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("PUBLISH 4 alarms/c");
        assertThat(failureOf(sent))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageStartingWith("Publish to 'alarms/a' was not acknowledged. Connection to");
        assertThat(failureOf(takenOver)).isInstanceOf(ConnectionLostException.class);
        second.acknowledge();
        assertThat(other).isCompleted();
    }

    @Test
    void aMessageOfQos2ThatNeverLeftIsSentWhereTheBrokerForgotTheSession() {
        fixture.keepsSession();
        fixture.window = 1;
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        FakeTransport first = fixture.connected();
        CompletableFuture<Void> sent = fixture.publish("alarms/a", Qos.EXACTLY_ONCE);
        CompletableFuture<Void> queued = fixture.publish("alarms/b", Qos.EXACTLY_ONCE);
        first.lose();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("PUBLISH 2 alarms/b");
        second.acknowledge();
        assertThat(sent).isCompletedExceptionally();
        assertThat(queued).isCompleted();
    }

    @Test
    void whatWaitedThroughALossTellsOfItToo() {
        fixture.window = 1;
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/a");
        CompletableFuture<Void> queued = fixture.publish("alarms/b");
        transport.cut();
        for (int i = 0; i < 6; i++) {
            fixture.reconnecting().unreachable();
        }
        assertThat(failureOf(queued))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageStartingWith("Publish to 'alarms/b' found no connection or no room within 30000 ms. Conn")
                .hasCauseInstanceOf(ConnectionLostException.class);
    }
}
