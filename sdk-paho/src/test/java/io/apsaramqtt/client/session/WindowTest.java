package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.session.Window.Admission;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Window window = new Window(2);

    private CompletableFuture<Admission> acquiring() {
        CompletableFuture<Admission> admission = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                admission.complete(window.acquire(LONG));
            } catch (InterruptedException e) {
                admission.completeExceptionally(e);
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING || admission.isDone());
        return admission;
    }

    @Test
    void admitsAsManyAsItIsLarge() throws InterruptedException {
        assertThat(window.acquire(Duration.ZERO)).isEqualTo(Admission.ADMITTED);
        assertThat(window.acquire(Duration.ZERO)).isEqualTo(Admission.ADMITTED);
        assertThat(window.acquire(Duration.ZERO)).isEqualTo(Admission.TIMED_OUT);
        assertThat(window.acquire(Duration.ofMillis(5))).isEqualTo(Admission.TIMED_OUT);
        assertThat(window.size()).isEqualTo(2);
    }

    @Test
    void admitsWhoWaitsWhenRoomIsGivenBack() throws InterruptedException {
        window.acquire(Duration.ZERO);
        window.acquire(Duration.ZERO);
        CompletableFuture<Admission> waiting = acquiring();
        assertThat(waiting).isNotDone();
        window.release();
        assertThat(Futures.get(waiting)).isEqualTo(Admission.ADMITTED);
        assertThat(window.acquire(Duration.ZERO)).isEqualTo(Admission.TIMED_OUT);
    }

    @Test
    void turnsAwayEveryoneOnceClosed() throws InterruptedException {
        window.acquire(Duration.ZERO);
        window.acquire(Duration.ZERO);
        CompletableFuture<Admission> first = acquiring();
        CompletableFuture<Admission> second = acquiring();
        window.close();
        assertThat(Futures.get(first)).isEqualTo(Admission.CLOSED);
        assertThat(Futures.get(second)).isEqualTo(Admission.CLOSED);
        window.release();
        assertThat(window.acquire(Duration.ZERO)).isEqualTo(Admission.CLOSED);
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> window.acquire(LONG)).isInstanceOf(InterruptedException.class);
    }
}
