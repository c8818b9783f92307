package io.apsaramqtt.client.session;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.connection.ProbableCause.InProgress;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.client.healing.Reconnecting;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.policy.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a connection is lost for, and how it is kept from the next one. */
@InSeveralOrders
class SessionQuarantineTest {

    private static final String POISON = "poison/a";

    private final SessionFixture fixture;

    SessionQuarantineTest(long seed) {
        fixture = new SessionFixture(seed);
        // The waits between connections are as long as they can be here.
        fixture.deliveryTimeout = Duration.ofMinutes(30);
        fixture.operationTimeout = Duration.ofMinutes(10);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ProbableCause causeOfLast() {
        List<ConnectionLostException> losses = fixture.connections.losses();
        return losses.get(losses.size() - 1).probableCause().orElseThrow();
    }

    /** The topic is in quarantine, after as many losses as that takes; the connection that follows is returned. */
    private FakeTransport quarantined(CompletableFuture<Void> published, FakeTransport transport) {
        FakeTransport current = transport;
        for (int i = 0; i < 3; i++) {
            assertThat(published).isNotDone();
            current.lose();
            current = fixture.reconnected();
        }
        return current;
    }

    @Test
    void aLossNamesWhatAloneWasInProgress() {
        FakeTransport transport = fixture.connected();
        fixture.publish(POISON);
        transport.lose();
        assertThat(causeOfLast())
                .isEqualTo(new ProbableCause(
                        Optional.of(new InProgress(Operation.PUBLISH, POISON, Outcome.ALLOWED, 0)),
                        List.of(Cause.NOT_PERMITTED, Cause.TOPIC_NOT_CREATED, Cause.PAYLOAD_TOO_LARGE)));
        assertThat(fixture.connections.losses().get(0))
                .hasMessageContaining("In progress was: publish to 'poison/a', which the local check finds allowed");
    }

    @Test
    void whatTheCheckSaysOfItIsToldThoughTheCallWasUnchecked() {
        fixture.granted = SessionFixture.onlyFor("alarms");
        FakeTransport transport = fixture.connected();
        fixture.done(fixture.session().publish(io.apsaramqtt.mqtt.Message.of(POISON, "x"), PermissionMode.OFF));
        transport.lose();
        assertThat(causeOfLast().inProgress())
                .hasValueSatisfying(what -> assertThat(what.outcome()).isEqualTo(Outcome.IMPLICIT_DENY));
        // The check knew: nothing contradicts it.
        assertThat(fixture.mismatches).hasValue(0);
    }

    @Test
    void theReasonOfMqtt5NarrowsTheCauses() {
        FakeTransport first = fixture.connected();
        fixture.publish(POISON);
        first.lose(0x95);
        assertThat(causeOfLast().causes()).containsExactly(Cause.PAYLOAD_TOO_LARGE);
        fixture.reconnected().lose(0x87);
        assertThat(causeOfLast().causes()).containsExactly(Cause.NOT_PERMITTED, Cause.TOPIC_NOT_CREATED);
    }

    @Test
    void whatWasSentLongBeforeIsNotSuspected() {
        FakeTransport transport = fixture.connected();
        fixture.publish(POISON);
        fixture.pass(Duration.ofMillis(5_001));
        transport.lose();
        assertThat(fixture.connections.losses().get(0).probableCause()).isEmpty();
    }

    @Test
    void aLossOfTheNetworkSuspectsNobody() {
        FakeTransport transport = fixture.connected();
        fixture.publish(POISON);
        for (int i = 0; i < 5; i++) {
            transport.cut();
            assertThat(fixture.connections.losses().get(i).probableCause()).isEmpty();
            transport = fixture.reconnected();
        }
        transport.acknowledge();
        assertThat(fixture.session().statistics().mismatches()).isZero();
    }

    @Test
    void aTopicThatCostsThreeConnectionsIsLeftAlone() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish(POISON);
        FakeTransport next = quarantined(published, transport);
        assertThat(next.packets).isEmpty();
        assertThat(failureOf(published)).isInstanceOfSatisfying(QuarantinedException.class, e -> {
            assertThat(e.operation()).isEqualTo(Operation.PUBLISH);
            assertThat(e.topic()).isEqualTo(POISON);
            assertThat(e.losses()).isEqualTo(3);
            assertThat(e.probableCause().inProgress())
                    .contains(new InProgress(Operation.PUBLISH, POISON, Outcome.ALLOWED, 0));
            assertThat(e.probableCause().causes())
                    .containsExactly(Cause.NOT_PERMITTED, Cause.TOPIC_NOT_CREATED, Cause.PAYLOAD_TOO_LARGE);
        });
        assertThat(fixture.connections.told())
                .containsExactly(
                        "connected",
                        "lost",
                        "connected",
                        "lost",
                        "connected",
                        "quarantined " + POISON,
                        "lost",
                        "connected");
        assertThat(fixture.connections.reason()).isSameAs(failureOf(published));
        assertThat(failureOf(fixture.publish(POISON))).isInstanceOf(QuarantinedException.class);
        assertThat(fixture.session().statistics().quarantined()).isEqualTo(1);
        assertThat(fixture.session().statistics().pending()).isZero();

        CompletableFuture<Void> other = fixture.publish("alarms/a");
        next.acknowledge();
        assertThat(other).isCompleted();
    }

    @Test
    void oneOfManyIsFoundBySendingThemAgainOneAtATime() {
        FakeTransport transport = fixture.connected();
        List<CompletableFuture<Void>> healthy = new ArrayList<>();
        CompletableFuture<Void> poisoned = new CompletableFuture<>();
        for (int i = 0; i < 20; i++) {
            if (i == 7) {
                poisoned = fixture.publish(POISON);
            }
            healthy.add(fixture.publish("alarms/" + i));
        }
        transport.lose();
        assertThat(causeOfLast().inProgress())
                .hasValueSatisfying(what -> assertThat(what.others()).isEqualTo(20));
        assertThat(fixture.session().statistics().mismatches()).isZero();

        for (int loss = 0; loss < 3; loss++) {
            transport = fixture.reconnected();
            int sent = transport.packets.size();
            while (!transport.packets.get(sent - 1).contains(POISON)) {
                assertThat(transport.published).hasSize(1);
                transport.acknowledge();
                assertThat(transport.packets).hasSize(++sent);
            }
            transport.lose();
        }
        assertThat(failureOf(poisoned)).isInstanceOf(QuarantinedException.class);
        transport = fixture.reconnected();
        while (!transport.published.isEmpty()) {
            transport.acknowledge();
        }
        assertThat(healthy).allSatisfy(each -> assertThat(each).isCompleted());
        assertThat(fixture.connections.losses()).hasSize(4);
        assertThat(fixture.session().statistics().quarantined()).isEqualTo(1);
        assertThat(fixture.session().statistics().pending()).isZero();
    }

    @Test
    void whileAPoisonedTopicIsFoundTheOthersKeepTheirTime() {
        fixture.deliveryTimeout = Duration.ofSeconds(30);
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> poisoned = fixture.publish(POISON);
        List<CompletableFuture<Void>> healthy = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            healthy.add(fixture.publish("alarms/" + i));
        }
        transport.lose();
        transport = fixture.reconnected();
        assertThat(transport.packets).containsExactly("PUBLISH 22 " + POISON);
        transport.lose();
        transport = fixture.reconnected();
        for (int i = 0; i < 20; i++) {
            assertThat(transport.packets).last().asString().endsWith("alarms/" + i);
            transport.acknowledge();
        }
        // What cost a connection goes behind what did not.
        assertThat(healthy).allSatisfy(each -> assertThat(each).isCompleted());
        assertThat(transport.packets).last().asString().endsWith(POISON);
        transport.lose();
        fixture.reconnected().lose();
        assertThat(failureOf(poisoned)).isInstanceOf(QuarantinedException.class);
        // Nor does the wait grow with losses that bring the cause nearer.
        assertThat(fixture.delays).containsExactly(2_000L, 2_000L, 2_000L, 2_000L);
    }

    @Test
    void suspectsOfOneTopicAreSentTogether() {
        FakeTransport first = fixture.connected();
        fixture.publish("alarms/1");
        fixture.publish("alarms/1");
        fixture.publish("alarms/2");
        first.lose();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("PUBLISH 4 alarms/1", "PUBLISH 5 alarms/1");
        second.acknowledge();
        assertThat(second.packets).hasSize(2);
        second.acknowledge();
        assertThat(second.packets).last().isEqualTo("PUBLISH 6 alarms/2");
        second.acknowledge();
    }

    @Test
    void suspectsThatTakeTurnsLeaveTopicByTopicWhereTheBrokerForgotThem() {
        fixture.flowControl = FlowControl.queueing(10, 1_000);
        fixture.window = 4;
        FakeTransport first = fixture.connected();
        for (int i = 0; i < 2; i++) {
            fixture.publish("alarms/1");
            fixture.publish("alarms/2");
        }
        fixture.publish("alarms/2");
        fixture.publish("alarms/1");
        first.lose();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).containsExactly("PUBLISH 5 alarms/1", "PUBLISH 6 alarms/1");
        second.acknowledge();
        second.acknowledge();
        // What was never sent does not overtake.
        assertThat(second.packets.subList(2, 5))
                .containsExactly("PUBLISH 7 alarms/2", "PUBLISH 8 alarms/2", "PUBLISH 9 alarms/2");
        for (int i = 0; i < 3; i++) {
            second.acknowledge();
        }
        assertThat(second.packets).hasSize(6).last().isEqualTo("PUBLISH 10 alarms/1");
        second.acknowledge();
    }

    @Test
    void suspectsThatTakeTurnsKeepTheirOrderWhereTheBrokerKeptTheSession() {
        fixture.keepsSession();
        FakeTransport first = fixture.connected();
        for (int i = 0; i < 2; i++) {
            fixture.publish("alarms/1");
            fixture.publish("alarms/2");
        }
        first.lose();
        FakeTransport second = fixture.resumed();
        for (int sent = 1; sent <= 4; sent++) {
            assertThat(second.packets).hasSize(sent);
            second.acknowledge();
        }
        assertThat(second.packets)
                .containsExactly(
                        "PUBLISH 1 alarms/1 again",
                        "PUBLISH 2 alarms/2 again",
                        "PUBLISH 3 alarms/1 again",
                        "PUBLISH 4 alarms/2 again");
    }

    /** Three names below "poison" cost a connection each; the connection that follows is returned. */
    private FakeTransport threeNamesLost(FakeTransport first) {
        FakeTransport transport = first;
        for (int name = 1; name <= 3; name++) {
            fixture.publish("poison/" + name);
        }
        for (int loss = 0; loss < 4; loss++) {
            transport.lose();
            transport = fixture.reconnected();
        }
        return transport;
    }

    @Test
    void severalNamesThatCostAConnectionEachPutTheirParentTopicAside() {
        FakeTransport transport = fixture.connected();
        FakeTransport next = threeNamesLost(transport);
        assertThat(next.packets).isEmpty();
        assertThat(fixture.connections.told()).contains("quarantined poison");
        assertThat(failureOf(fixture.publish("poison/4")))
                .isSameAs(fixture.connections.reason())
                .hasMessageContaining("Parent topic 'poison' is in quarantine until ")
                .hasMessageContaining("3 connections in a row were lost over names below it, such as 'poison/1'")
                .isInstanceOfSatisfying(QuarantinedException.class, e -> {
                    assertThat(e.topic()).isEqualTo("poison");
                    assertThat(e.isParentTopic()).isTrue();
                    assertThat(e.names()).containsExactlyInAnyOrder("poison/1", "poison/2", "poison/3");
                    assertThat(e.losses()).isEqualTo(3);
                });
        assertThat(fixture.session().statistics().pending()).isZero();
        CompletableFuture<Void> other = fixture.publish("poisonous/1");
        next.acknowledge();
        assertThat(other).isCompleted();
        fixture.pass(Duration.ofMinutes(5));
        assertThat(fixture.publish("poison/5")).isNotDone();
        next.acknowledge();
    }

    @Test
    void anAcknowledgementBelowTheParentTopicClearsItsStrikes() {
        FakeTransport transport = fixture.connected();
        for (int name = 1; name <= 5; name++) {
            fixture.publish("poison/" + name);
            transport.lose();
            transport = fixture.reconnected();
            transport.acknowledge();
        }
        assertThat(fixture.session().statistics().quarantined()).isZero();
    }

    @Test
    void namesBelowOneTopicStandForThemselvesWhereTheBrokerIsAnother() {
        fixture.profile = Profile.GENERIC;
        FakeTransport next = threeNamesLost(fixture.connected());
        assertThat(next.packets).hasSize(1);
        assertThat(fixture.session().statistics().quarantined()).isZero();
        assertThat(fixture.publish("poison/4")).isNotDone();
    }

    @Test
    void asManyNamesAsAreSetPutTheirParentTopicAside() {
        fixture.quarantine = new Quarantine(3, Duration.ofSeconds(5), Duration.ofMinutes(5), 4);
        threeNamesLost(fixture.connected());
        assertThat(fixture.session().statistics().quarantined()).isZero();
    }

    @Test
    void filtersThatCostAConnectionEachPutTheirParentTopicAside() {
        FakeTransport transport = fixture.connected();
        fixture.subscribed(transport, "alarms/a");
        for (int name = 1; name <= 4; name++) {
            fixture.subscribe("poison/" + name + "/+");
        }
        while (fixture.session().statistics().quarantined() == 0) {
            transport.lose();
            transport = fixture.reconnected();
            transport.grant(1);
        }
        assertThat(fixture.session().statistics().losses()).isLessThanOrEqualTo(4);
        assertThat(fixture.connections.told())
                .contains("subscription lost poison/1/+", "subscription lost poison/4/+")
                .doesNotContain("subscription lost alarms/a");
        assertThat(failureOf(fixture.subscribe("poison/#"))).isInstanceOf(QuarantinedException.class);
        // RAM tells publishing from subscribing.
        CompletableFuture<Void> published = fixture.publish("poison/1");
        transport.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void afterTheSuspectsTheWindowIsWholeAgain() {
        FakeTransport first = fixture.connected();
        fixture.publish("alarms/1");
        fixture.publish("alarms/2");
        first.lose();
        FakeTransport second = fixture.reconnected();
        fixture.publish("alarms/3");
        fixture.publish("alarms/4");
        assertThat(second.packets).hasSize(1);
        second.acknowledge();
        assertThat(second.packets).hasSize(2);
        second.acknowledge();
        assertThat(second.packets).hasSize(4);
        second.acknowledge();
        second.acknowledge();
    }

    @Test
    void severalMessagesOfOneTopicAreOneSuspect() {
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> one = fixture.publish(POISON);
        CompletableFuture<Void> other = fixture.publish(POISON);
        quarantined(one, transport);
        assertThat(one).isCompletedExceptionally();
        assertThat(failureOf(other)).isInstanceOf(QuarantinedException.class);
    }

    @Test
    void theIdentifiersOfDroppedPacketsAreFree() {
        fixture.keepsSession();
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish(POISON);
        for (int i = 0; i < 3; i++) {
            transport.lose();
            transport = fixture.resumed();
        }
        assertThat(published).isCompletedExceptionally();
        assertThat(transport.packets).isEmpty();
        for (int i = 2; i <= 65_536; i++) {
            fixture.publish("alarms/a", Qos.AT_LEAST_ONCE);
            transport.acknowledge();
        }
        assertThat(transport.packets).last().isEqualTo("PUBLISH 1 alarms/a");
    }

    @Test
    void anAcknowledgementClearsTheStrikes() {
        FakeTransport transport = fixture.connected();
        for (int round = 0; round < 3; round++) {
            CompletableFuture<Void> published = fixture.publish(POISON);
            transport.lose();
            transport = fixture.reconnected();
            transport.lose();
            transport = fixture.reconnected();
            transport.acknowledge();
            assertThat(published).isCompleted();
        }
        assertThat(fixture.session().statistics().quarantined()).isZero();
    }

    @Test
    void aQuarantineEndsAfterItsTime() {
        FakeTransport transport = fixture.connected();
        FakeTransport next = quarantined(fixture.publish(POISON), transport);
        QuarantinedException reason = (QuarantinedException) failureOf(fixture.publish(POISON));
        assertThat(reason.until()).isBefore(fixture.runtime.clock().instant().plus(Duration.ofMinutes(5)));
        fixture.pass(Duration.between(fixture.runtime.clock().instant(), reason.until())
                .minusMillis(1));
        assertThat(failureOf(fixture.publish(POISON))).isSameAs(reason);
        fixture.pass(Duration.ofMillis(1));
        CompletableFuture<Void> published = fixture.publish(POISON);
        next.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void aQuarantineEndsWhenAllIsForgiven() {
        FakeTransport transport = fixture.connected();
        FakeTransport next = quarantined(fixture.publish(POISON), transport);
        fixture.session().forgive();
        CompletableFuture<Void> published = fixture.publish(POISON);
        assertThat(next.packets).hasSize(1);
        next.lose();
        // Strikes are forgiven with it.
        fixture.reconnected().lose();
        assertThat(published).isNotDone();
        fixture.reconnected().acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void nobodyWaitsForRoomForATopicInQuarantine() {
        fixture.flowControl = FlowControl.blocking();
        fixture.window = 1;
        FakeTransport transport = fixture.connected();
        FakeTransport next = quarantined(fixture.publish(POISON), transport);
        fixture.publish("alarms/a");
        assertThat(failureOf(fixture.publish(POISON))).isInstanceOf(QuarantinedException.class);
        assertThat(next.packets).hasSize(1);
    }

    @Test
    void noTopicIsLeftAloneWhereQuarantineIsOff() {
        fixture.quarantine = Quarantine.off();
        FakeTransport transport = fixture.connected();
        CompletableFuture<Void> published = fixture.publish(POISON);
        for (int i = 0; i < 10; i++) {
            transport.lose();
            transport = fixture.reconnected();
        }
        transport.acknowledge();
        assertThat(published).isCompleted();
    }

    @Test
    void aFilterThatCostsThreeConnectionsIsLeftAlone() {
        FakeTransport transport = fixture.connected();
        fixture.subscribed(transport, "alarms/a");
        CompletableFuture<Void> poisoned = fixture.subscribe("poison/#");
        for (int i = 0; i < 3; i++) {
            assertThat(poisoned).isNotDone();
            transport.lose();
            transport = fixture.reconnected();
            transport.grant(1);
        }
        assertThat(failureOf(poisoned)).isInstanceOfSatisfying(QuarantinedException.class, e -> {
            assertThat(e.operation()).isEqualTo(Operation.SUBSCRIBE);
            assertThat(e.topic()).isEqualTo("poison/#");
            assertThat(e.probableCause().causes())
                    .containsExactly(Cause.NOT_PERMITTED, Cause.TOPIC_NOT_CREATED, Cause.UNKNOWN_GROUP);
        });
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(transport.packets).hasSize(1).last().asString().endsWith("[alarms/a]");
        assertThat(fixture.connections.told()).contains("subscription lost poison/#");
        assertThat(failureOf(fixture.subscribe("poison/#"))).isInstanceOf(QuarantinedException.class);
        assertThat(fixture.publish("alarms/b")).isNotDone();
    }

    @Test
    void aQuarantineOfManyFiltersIsOneLineThatNamesTheClient() {
        Logger logger = (Logger) LoggerFactory.getLogger(Healer.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            filtersThatCostAConnectionEachPutTheirParentTopicAside();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("Client [" + fixture.clientId + "]: Parent topic 'poison' is in quarantine until ");
    }

    @Test
    void filtersThatMayHaveCostAConnectionAreSubscribedToOneAtATime() {
        fixture.reconnecting = Reconnecting.defaults().withFirstConnectRetried(true);
        fixture.subscribeAtConnect("alarms/a");
        fixture.subscribeAtConnect("poison/#");
        fixture.subscribeAtConnect("alarms/b");
        CompletableFuture<Void> connecting = fixture.connect();
        FakeTransport transport = fixture.engine.nextAccepted();
        assertThat(transport.packets).containsExactly("SUBSCRIBE 1 [alarms/a, poison/#, alarms/b]");
        transport.lose();
        for (int i = 0; i < 3; i++) {
            transport = fixture.reconnected();
            assertThat(transport.packets.get(0)).endsWith("[alarms/a]");
            transport.grant(1);
            if (i > 0) {
                // What cost a connection goes behind what did not.
                assertThat(transport.packets.get(1)).endsWith("[alarms/b]");
                transport.grant(1);
            }
            assertThat(transport.packets).last().asString().endsWith("[poison/#]");
            transport.lose();
        }
        transport = fixture.reconnected();
        while (!transport.subscribed.isEmpty()) {
            assertThat(transport.packets.get(transport.packets.size() - 1)).doesNotContain(POISON);
            int filters = transport.packets.get(transport.packets.size() - 1).split(",").length;
            transport.grant(filters);
        }
        assertThat(connecting).isCompleted();
        assertThat(fixture.connections.told()).contains("subscription lost poison/#");
        assertThat(fixture.session().statistics().losses()).isEqualTo(4);
    }

    @Test
    void aRefusalThatContradictsTheCheckIsCountedAndTold() {
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/a");
        transport.nextPublish().answer(new Ack(0x87, null));
        assertThat(fixture.session().statistics().mismatches()).isEqualTo(1);
        assertThat(fixture.mismatches).hasValue(1);
        fixture.subscribe("alarms/a");
        transport.nextSubscribe().answer(List.of(new Ack(0x80, null)));
        assertThat(fixture.mismatches).hasValue(2);
    }

    @Test
    void aRefusalForAnotherReasonContradictsNothing() {
        FakeTransport transport = fixture.connected();
        fixture.publish("alarms/a");
        transport.nextPublish().answer(new Ack(0x97, null));
        fixture.granted = SessionFixture.onlyFor("nothing");
        fixture.done(fixture.session().publish(io.apsaramqtt.mqtt.Message.of("alarms/a", "x"), PermissionMode.OFF));
        transport.nextPublish().answer(new Ack(0x87, null));
        assertThat(fixture.mismatches).hasValue(0);
        assertThat(fixture.session().statistics().mismatches()).isZero();
    }

    @Test
    void aConnectionThatIsClosedOverWhatTheCheckAllowsContradictsIt() {
        FakeTransport transport = fixture.connected();
        fixture.publish(POISON);
        transport.lose();
        assertThat(fixture.session().statistics().mismatches()).isEqualTo(1);
        assertThat(fixture.mismatches).hasValue(1);
    }

    @Test
    void aTopicOfQos0IsSuspectedThoughItsMessageWasWritten() {
        FakeTransport transport = fixture.connected();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Void> published = fixture.publish(POISON, Qos.AT_MOST_ONCE);
            transport.acknowledge();
            assertThat(published).isCompleted();
            transport.lose();
            assertThat(causeOfLast().inProgress())
                    .hasValueSatisfying(what -> assertThat(what.topic()).isEqualTo(POISON));
            transport = fixture.reconnected();
        }
        assertThat(failureOf(fixture.publish(POISON, Qos.AT_MOST_ONCE))).isInstanceOf(QuarantinedException.class);
        assertThat(fixture.connections.told()).contains("quarantined " + POISON);
    }

    @Test
    void aConnectionThatOutlivesAMessageOfQos0ClearsItsTopic() {
        FakeTransport transport = fixture.connected();
        for (int i = 0; i < 5; i++) {
            fixture.publish(POISON, Qos.AT_MOST_ONCE);
            transport.acknowledge();
            transport.lose();
            transport = fixture.reconnected();
            fixture.publish(POISON, Qos.AT_MOST_ONCE);
            transport.acknowledge();
            fixture.pass(Duration.ofSeconds(6));
            if (i % 2 == 0) {
                transport.lose();
                transport = fixture.reconnected();
            }
        }
        assertThat(fixture.session().statistics().quarantined()).isZero();
    }

    @Test
    void whatWasSentOnAnEarlierConnectionIsNotSuspected() {
        FakeTransport transport = fixture.connected();
        fixture.publish(POISON, Qos.AT_MOST_ONCE);
        transport.acknowledge();
        transport.cut();
        fixture.reconnected().lose();
        assertThat(fixture.connections.losses().get(1).probableCause()).isEmpty();
    }

    /** The filter is in quarantine; the connection that follows is returned. */
    private FakeTransport quarantinedFilter() {
        fixture.reconnecting = Reconnecting.defaults().withFirstConnectRetried(true);
        fixture.subscribeAtConnect("poison/#");
        fixture.connect();
        FakeTransport transport = fixture.engine.nextAccepted();
        for (int i = 0; i < 3; i++) {
            transport.lose();
            transport = fixture.reconnected();
        }
        fixture.assertState(ConnectionState.CONNECTED);
        assertThat(transport.packets).isEmpty();
        return transport;
    }

    @Test
    void aFilterIsSubscribedToAgainWhenItsQuarantineEnds() {
        FakeTransport transport = quarantinedFilter();
        QuarantinedException reason = (QuarantinedException) fixture.connections.reason();
        fixture.pass(Duration.between(fixture.runtime.clock().instant(), reason.until())
                .minusMillis(1));
        assertThat(transport.packets).isEmpty();
        fixture.pass(Duration.ofMillis(1));
        assertThat(transport.packets).hasSize(1).last().asString().endsWith("[poison/#]");
        transport.grant(1);
        transport.lose();
        fixture.reconnected().grant(1);
    }

    @Test
    void aFilterIsSubscribedToAgainWhenAllIsForgiven() {
        FakeTransport transport = quarantinedFilter();
        fixture.session().forgive();
        fixture.run();
        assertThat(transport.packets).hasSize(1).last().asString().endsWith("[poison/#]");
        transport.grant(1);
        fixture.session().forgive();
        fixture.pass(Duration.ofHours(1));
        assertThat(transport.packets).hasSize(1);
    }

    @Test
    void aFilterThatWasDeniedIsSubscribedToWhenThePermissionsComeBack() {
        FakeTransport transport = fixture.connected();
        fixture.subscribed(transport, "alarms/a");
        fixture.granted = SessionFixture.onlyFor("nothing");
        transport.lose();
        FakeTransport second = fixture.reconnected();
        assertThat(second.packets).isEmpty();
        fixture.granted = SessionFixture.onlyFor("alarms");
        fixture.session().forgive();
        fixture.run();
        assertThat(second.packets).hasSize(1).last().asString().endsWith("[alarms/a]");
        second.grant(1);
    }

    @Test
    void forgivingWithoutAConnectionIsDoneByTheNextOne() {
        FakeTransport transport = quarantinedFilter();
        transport.cut();
        fixture.session().forgive();
        fixture.run();
        FakeTransport next = fixture.reconnected();
        assertThat(next.packets).hasSize(1);
        next.grant(1);
    }
}
