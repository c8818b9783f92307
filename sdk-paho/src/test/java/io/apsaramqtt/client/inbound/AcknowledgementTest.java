package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcknowledgementTest {

    private final Reception reception = new Reception();
    private final Logged logged = new Logged();

    @AfterEach
    void close() {
        logged.close();
    }

    @Test
    void aMessageIsAcknowledgedWhenItsListenerHasReturned() {
        List<Integer> before = new ArrayList<>();
        reception.listen(message -> before.addAll(reception.acknowledged));
        reception.receive(7, "alarms/a", "x");
        assertThat(reception.acknowledged).isEmpty();
        reception.runtime.runUntilIdle();
        assertThat(before).isEmpty();
        assertThat(reception.acknowledged).containsExactly(7);
    }

    @Test
    void onlyQosOneIsAcknowledged() {
        reception.listen();
        reception.receive(Qos.AT_MOST_ONCE, "alarms/a", "0");
        reception.receive(Qos.EXACTLY_ONCE, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("0", "2");
        assertThat(reception.acknowledged).isEmpty();
    }

    @Test
    void acknowledgementsLeaveInTheOrderOfReceipt() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/b", "2");
        reception.receive(3, "alarms/c", "3");
        reception.runtime.runUntilIdle();
        reception.acknowledge("3");
        reception.acknowledge("2");
        assertThat(reception.acknowledged).isEmpty();
        reception.acknowledge("1");
        assertThat(reception.acknowledged).containsExactly(1, 2, 3);
    }

    @Test
    void oneHoldsBackNoneThatCameBeforeIt() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        reception.acknowledge("1");
        assertThat(reception.acknowledged).containsExactly(1);
    }

    @Test
    void aSecondAcknowledgeDoesNothing() {
        reception.listenManually();
        reception.listenManually(
                (message, acknowledgment) -> reception.held.put("other", acknowledgment), ListenerOptions.defaults());
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        reception.acknowledge("1");
        reception.acknowledge("1");
        assertThat(reception.acknowledged).isEmpty();
        reception.acknowledge("other");
        reception.acknowledge("other");
        assertThat(reception.acknowledged).containsExactly(1);
    }

    @Test
    void allReceiversMustBeDone() {
        reception.listen();
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("1");
        assertThat(reception.acknowledged).isEmpty();
        reception.acknowledge("1");
        assertThat(reception.acknowledged).containsExactly(1);
    }

    @Test
    void theNextMessageOfATopicDoesNotWaitForAnAcknowledgementByHand() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        assertThat(reception.held).containsOnlyKeys("1", "2");
        assertThat(reception.statistics().waiting()).isZero();
    }

    @Test
    void aListenerMayAcknowledgeBeforeItReturns() {
        List<Integer> within = new ArrayList<>();
        reception.listenManually(
                (message, acknowledgment) -> {
                    acknowledgment.acknowledge();
                    within.addAll(reception.acknowledged);
                },
                ListenerOptions.defaults());
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        assertThat(within).containsExactly(1);
    }

    @Test
    void anAcknowledgementByHandOfQosZeroAndTwoDoesNothing() {
        reception.listenManually();
        reception.receive(Qos.AT_MOST_ONCE, "alarms/a", "0");
        reception.receive(Qos.EXACTLY_ONCE, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        reception.acknowledge("0");
        reception.acknowledge("2");
        assertThat(reception.acknowledged).isEmpty();
    }

    @Test
    void afterTheConnectionNothingIsAcknowledgedThoughAllIsDelivered() {
        reception.listen();
        reception.receive(1, "alarms/a", "1");
        Intake gone = reception.intake;
        gone.close();
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("1");
        assertThat(reception.acknowledged).isEmpty();
    }

    @Test
    void anotherConnectionEndsTheOneBefore() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        List<Integer> next = new ArrayList<>();
        Intake before = reception.intake;
        reception.inbound.open(next::add, () -> {});
        reception.acknowledge("1");
        assertThat(reception.acknowledged).isEmpty();
        assertThat(next).isEmpty();
        before.received(2, Reception.message("alarms/a", "late"));
        reception.runtime.runUntilIdle();
        assertThat(reception.held).containsOnlyKeys("1");
    }

    @Test
    void anAcknowledgementThatThrowsHoldsUpNoOther() {
        reception.listen();
        List<Integer> sent = new ArrayList<>();
        Intake intake = reception.inbound.open(
                id -> {
                    sent.add(id);
                    if (id == 1) {
                        throw new IllegalStateException("planted");
                    }
                },
                () -> {});
        intake.received(1, Reception.message("alarms/a", "1"));
        intake.received(2, Reception.message("alarms/a", "2"));
        reception.runtime.runUntilIdle();
        assertThat(sent).containsExactly(1, 2);
        assertThat(logged.at(Level.WARN)).singleElement().asString().contains("[alarms/a] could not be acknowledged");
    }

    @Test
    void anAcknowledgementFromWithinAnotherLeavesAfterIt() {
        reception.listenManually();
        List<String> order = new ArrayList<>();
        Intake intake = reception.inbound.open(
                id -> {
                    order.add("begin " + id);
                    if (id == 1) {
                        reception.acknowledge("2");
                    }
                    order.add("end " + id);
                },
                () -> {});
        intake.received(1, Reception.message("alarms/a", "1"));
        intake.received(2, Reception.message("alarms/b", "2"));
        reception.runtime.runUntilIdle();
        reception.acknowledge("1");
        assertThat(order).containsExactly("begin 1", "end 1", "begin 2", "end 2");
    }
}
