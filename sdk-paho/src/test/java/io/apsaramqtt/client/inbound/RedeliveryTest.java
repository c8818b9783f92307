package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedeliveryTest {

    private final Reception reception = new Reception();

    private void assertDelivered(long times, long skipped) {
        reception.runtime.runUntilIdle();
        assertThat(reception.statistics().delivered()).isEqualTo(times);
        assertThat(reception.statistics().redeliveriesSkipped()).isEqualTo(skipped);
    }

    @Test
    void aCopyOfWhatWaitsIsNotDeliveredAndAcknowledgedOnce() {
        reception.listen();
        reception.receive(1, "alarms/a", "1");
        reception.receiveAgain(1, "alarms/a", "1");
        assertDelivered(1, 1);
        assertThat(reception.acknowledged).containsExactly(1);
    }

    @Test
    void aCopyOfWhatIsNotAcknowledgedByHandIsNotDelivered() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        reception.receiveAgain(1, "alarms/a", "1");
        reception.receiveAgain(1, "alarms/a", "1");
        assertDelivered(2, 2);
        reception.acknowledge("1");
        reception.acknowledge("2");
        assertThat(reception.acknowledged).containsExactly(1, 2);
    }

    @Test
    void aCopyOfWhatIsDoneButHasAnotherBeforeItIsNotDelivered() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        reception.acknowledge("2");
        reception.receiveAgain(2, "alarms/a", "2");
        assertDelivered(2, 1);
        reception.acknowledge("1");
        assertThat(reception.acknowledged).containsExactly(1, 2);
    }

    @Test
    void aCopyOnALaterConnectionIsAcknowledgedThereWhenTheFirstIsDone() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        reception.reconnect();
        reception.reconnect();
        reception.receiveAgain(1, "alarms/a", "1");
        assertDelivered(1, 1);
        assertThat(reception.acknowledged).isEmpty();
        reception.acknowledge("1");
        assertThat(reception.acknowledged).containsExactly(1);
    }

    @Test
    void copiesOnALaterConnectionAreAcknowledgedInTheirOrderThere() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        reception.reconnect();
        reception.receiveAgain(2, "alarms/a", "2");
        reception.receiveAgain(1, "alarms/a", "1");
        reception.acknowledge("1");
        assertThat(reception.acknowledged).isEmpty();
        reception.acknowledge("2");
        assertThat(reception.acknowledged).containsExactly(2, 1);
    }

    @Test
    void whatWasDoneButNotSentBeforeTheLossIsAcknowledgedAtOnce() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.receive(2, "alarms/a", "2");
        reception.runtime.runUntilIdle();
        reception.acknowledge("2");
        reception.reconnect();
        reception.receiveAgain(2, "alarms/a", "2");
        assertThat(reception.acknowledged).containsExactly(2);
        assertDelivered(2, 1);
    }

    @Test
    void whatWasDoneAfterTheLossIsAcknowledgedAtOnce() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        reception.reconnect();
        reception.acknowledge("1");
        assertThat(reception.acknowledged).isEmpty();
        reception.receiveAgain(1, "alarms/a", "1");
        assertThat(reception.acknowledged).containsExactly(1);
        assertDelivered(1, 1);
    }

    @Test
    void whatWasDoneAndNotDeliveredAgainIsForgottenAfterOneMoreConnection() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        reception.reconnect();
        reception.acknowledge("1");
        reception.reconnect();
        reception.receiveAgain(1, "alarms/a", "1");
        assertDelivered(2, 0);
    }

    @Test
    void whatWasAcknowledgedIsANewMessageWhateverItsFlag() {
        reception.listen();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        reception.receiveAgain(1, "alarms/a", "1");
        assertDelivered(2, 0);
        assertThat(reception.acknowledged).containsExactly(1, 1);
    }

    @Test
    void aMessageThatIsNoRedeliveryIsAlwaysDelivered() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        reception.reconnect();
        reception.receive(1, "alarms/a", "1");
        assertDelivered(2, 0);
    }

    @Test
    void aCopyIsOneOfTheNewestMessageWithItsIdentifier() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "old");
        reception.reconnect();
        reception.receive(1, "alarms/a", "new");
        reception.receiveAgain(1, "alarms/a", "new");
        assertDelivered(2, 1);
        reception.acknowledge("old");
        assertThat(reception.acknowledged).isEmpty();
        reception.acknowledge("new");
        assertThat(reception.acknowledged).containsExactly(1);
    }

    @Test
    void theAcknowledgementOfAnOlderMessageForgetsNoNewerOneWithItsIdentifier() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "old");
        reception.receive(1, "alarms/a", "new");
        reception.runtime.runUntilIdle();
        reception.acknowledge("old");
        assertThat(reception.acknowledged).containsExactly(1);
        reception.receiveAgain(1, "alarms/a", "new");
        assertDelivered(2, 1);
    }

    @Test
    void anotherTopicPayloadOrIdentifierIsNoCopy() {
        reception.listenManually();
        reception.receive(1, "alarms/a", "1");
        reception.runtime.runUntilIdle();
        reception.receiveAgain(1, "alarms/b", "1");
        reception.runtime.runUntilIdle();
        reception.receiveAgain(1, "alarms/b", "2");
        reception.runtime.runUntilIdle();
        reception.receiveAgain(2, "alarms/b", "2");
        assertDelivered(4, 0);
    }

    @Test
    void aCopyOfWhatWasNotTakenIsDelivered() {
        Reception full = new Reception(1, 1);
        full.listen();
        full.receive(1, "alarms/a", "1");
        full.intake.close();
        full.receive(2, "alarms/a", "2");
        full.reconnect();
        full.receiveAgain(1, "alarms/a", "1");
        full.runtime.runUntilIdle();
        full.receiveAgain(2, "alarms/a", "2");
        full.runtime.runUntilIdle();
        assertThat(full.taken).containsExactly("1", "2");
        assertThat(full.acknowledged).containsExactly(1, 2);
    }
}
