package io.apsaramqtt.client.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ListenerGateTest {

    private final ListenerGate two = ListenerGate.of(2);

    @Test
    void letsThroughUpToItsNumberAndThenWhoWaitedFirst() {
        assertThat(two.enter()).isNull();
        assertThat(two.enter()).isNull();
        CompletableFuture<Void> first = two.enter();
        CompletableFuture<Void> second = two.enter();
        assertThat(first).isNotNull().isNotDone();
        two.leave();
        assertThat(first).isCompleted();
        assertThat(second).isNotNull().isNotDone();
        assertThat(two.enter()).isNull();
    }

    @Test
    void anOpenOneHasNoNumber() {
        ListenerGate open = ListenerGate.open();
        for (int i = 0; i < 1_000; i++) {
            assertThat(open.enter()).isNull();
        }
        assertThat(open).hasToString("ListenerGate[1000 of any number]");
    }

    @Test
    void pausedItLetsNothingThroughAndResumedWhatItHasRoomFor() {
        two.pause();
        CompletableFuture<Void> first = two.enter();
        CompletableFuture<Void> second = two.enter();
        CompletableFuture<Void> third = two.enter();
        assertThat(two.isPaused()).isTrue();
        assertThat(two).hasToString("ListenerGate[0 of 2, paused]");
        assertThat(first).isNotNull().isNotDone();
        two.resume();
        assertThat(two.isPaused()).isFalse();
        assertThat(first).isCompleted();
        assertThat(second).isNotNull().isCompleted();
        assertThat(third).isNotNull().isNotDone();
    }

    @Test
    void whoLeavesAPausedGateWakesNobody() {
        assertThat(two.enter()).isNull();
        two.pause();
        CompletableFuture<Void> waiting = two.enter();
        two.leave();
        assertThat(waiting).isNotNull().isNotDone();
    }

    @Test
    void isIdleWhenTheLastHasLeft() {
        assertThat(two.idle()).isCompleted();
        two.enter();
        two.enter();
        CompletableFuture<Void> idle = two.idle();
        two.leave();
        assertThat(idle).isNotDone();
        two.leave();
        assertThat(idle).isCompleted();
        assertThat(two.idle()).isCompleted();
    }

    @Test
    void aNumberBelowOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenerGate.of(0))
                .withMessage("Concurrency [0] cannot be; use at least 1");
    }
}
