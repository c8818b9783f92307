package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.listener.ListenerGate;
import io.apsaramqtt.client.listener.ListenerOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ListenerGateDeliveryTest {

    private final Reception reception = new Reception(4, Reception.CAPACITY);

    private void listenThrough(ListenerGate gate, ListenerOptions options) {
        reception.listen(message -> reception.taken.add(message.text()), options.withGate(gate));
    }

    @Test
    void aPausedListenerGetsItsMessagesInOrderWhenItIsResumed() {
        ListenerGate gate = ListenerGate.open();
        listenThrough(gate, ListenerOptions.defaults());
        gate.pause();
        reception.receive(1, "alarms/a", "a1");
        reception.receive(2, "alarms/a", "a2");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).isEmpty();
        assertThat(reception.acknowledged).isEmpty();
        gate.resume();
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("a1", "a2");
        assertThat(reception.acknowledged).containsExactly(1, 2);
        assertThat(reception.statistics().waiting()).isZero();
    }

    @Test
    void aPausedListenerHoldsUpNoOtherEvenOnMoreTopicsThanThereAreLanes() {
        ListenerGate gate = ListenerGate.open();
        gate.pause();
        listenThrough(gate, ListenerOptions.defaults());
        for (int i = 1; i <= 10; i++) {
            reception.receive(i, "alarms/" + i, "paused");
        }
        reception.runtime.runUntilIdle();
        reception.receivers.clear();
        reception.listen();
        reception.receive(11, "billing/a", "other");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).containsExactly("other");
        gate.resume();
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).hasSize(11);
        assertThat(reception.acknowledged).hasSize(11);
    }

    @Test
    void eachMessageIsWithTheListenerThroughTheGate() {
        ListenerGate gate = ListenerGate.of(1);
        reception.listen(
                message -> reception.taken.add(gate.toString()),
                ListenerOptions.defaults().withGate(gate));
        for (int i = 1; i <= 20; i++) {
            reception.receive(i, "alarms/" + i, "m" + i);
        }
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).hasSize(20).containsOnly("ListenerGate[1 of 1]");
        assertThat(gate.idle()).isCompleted();
    }

    @Test
    void aRetryGivesItsPlaceInTheGateToOthersMeanwhile() {
        ListenerOptions twice = ListenerOptions.defaults().withRetry(2, Duration.ofSeconds(1), Duration.ofSeconds(1));
        boolean[] failed = {false};
        reception.listen(
                message -> {
                    if (message.text().equals("bad") && !failed[0]) {
                        failed[0] = true;
                        throw new IllegalStateException("planted");
                    }
                    reception.taken.add(message.text());
                },
                twice.withGate(ListenerGate.of(1)));
        reception.receive(1, "alarms/a", "bad");
        reception.receive(2, "alarms/b", "good");
        reception.runtime.runUntilIdle();
        assertThat(reception.taken).first().isEqualTo("good");
        reception.runtime.advance(Duration.ofSeconds(1));
        assertThat(reception.taken).containsExactly("good", "bad");
    }
}
