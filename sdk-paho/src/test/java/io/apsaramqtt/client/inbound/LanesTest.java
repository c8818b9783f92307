package io.apsaramqtt.client.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.MqttVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final SimulatedRuntime runtime = new Reception().runtime;
    private final Counters counters = new Counters();
    private final Dispatch nobody = new Dispatch(
            topic -> List.of(),
            new DeadLetters(letter -> CompletableFuture.completedFuture(null), MqttVersion.V5, runtime, counters),
            runtime,
            counters);

    @Test
    void whatHadItsTurnIsCountedBeforeTheLanesAreIdle() {
        // Whoever finds the lanes idle on another thread ends the drain, and must find every place given back.
        List<String> told = new ArrayList<>();
        CompletableFuture<Lanes> lanes = new CompletableFuture<>();
        lanes.complete(new Lanes(
                1,
                runtime::execute,
                () -> told.add("through, idle: " + lanes.join().isIdle()),
                () -> told.add("left, idle: " + lanes.join().isIdle())));
        lanes.join().add(new Delivery(1, Reception.message("alarms/a", "1"), Instant.EPOCH, nobody));
        runtime.runUntilIdle();
        assertThat(told).containsExactly("through, idle: false", "left, idle: true");
    }
}
