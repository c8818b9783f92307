package io.apsaramqtt.test.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.test.event.BrokerEvent.ConnectRefused;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BrokerEventsTest {

    private final BrokerEvents events = new BrokerEvents();

    @Test
    void awaitFindsAnEventThatIsAlreadyThere() {
        events.record(refused("a"));
        events.record(refused("b"));

        assertThat(events.await(ConnectRefused.class)).isEqualTo(refused("a"));
        assertThat(events.await(ConnectRefused.class, event -> event.clientId().equals("b")))
                .isEqualTo(refused("b"));
    }

    @Test
    void awaitWaitsForAnEventThatIsStillToCome() {
        CompletableFuture<Disconnected> waiting = CompletableFuture.supplyAsync(() -> events.await(Disconnected.class));
        events.record(refused("a"));
        Disconnected disconnected = new Disconnected("a", DisconnectedBy.CLIENT);
        events.record(disconnected);

        assertThat(waiting.join()).isEqualTo(disconnected);
    }

    @Test
    void awaitFailsWithWhatWasSeenInstead() {
        events.record(refused("a"));

        assertThatThrownBy(() -> events.await(Disconnected.class, event -> true, Duration.ofMillis(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("No Disconnected as expected within 5 ms")
                .hasMessageContaining("1 events")
                .hasMessageContaining(refused("a").toString());
    }

    @Test
    void onlyTheLastTenThousandAreKept() {
        for (int i = 0; i <= 10_000; i++) {
            events.record(refused("client-" + i));
        }

        assertThat(events.all()).hasSize(10_000).startsWith(refused("client-1")).endsWith(refused("client-10000"));
        events.clear();
        assertThat(events.all()).isEmpty();
    }

    private static ConnectRefused refused(String clientId) {
        return new ConnectRefused(clientId, RefusedConnect.WRONG_SIGNATURE);
    }
}
