package io.apsaramqtt.client.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulatedRuntimeTest {

    private final SimulatedRuntime runtime = new SimulatedRuntime(1);
    private final List<String> done = new ArrayList<>();

    private static List<Integer> orderOf(long seed) {
        SimulatedRuntime runtime = new SimulatedRuntime(seed);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int task = i;
            runtime.execute(() -> order.add(task));
        }
        runtime.runUntilIdle();
        order.add(runtime.random().nextInt());
        return order;
    }

    @Test
    void oneSeedIsOneRun() {
        assertThat(orderOf(7)).isEqualTo(orderOf(7));
        assertThat(LongStream.range(0, 10)
                        .mapToObj(SimulatedRuntimeTest::orderOf)
                        .distinct())
                .hasSize(10);
    }

    @Test
    void nothingRunsByItself() {
        runtime.execute(() -> done.add("task"));
        runtime.after(Duration.ZERO, () -> done.add("timer"));
        assertThat(done).isEmpty();
        runtime.runUntilIdle();
        assertThat(done).containsExactly("task");
        runtime.advance(Duration.ZERO);
        assertThat(done).containsExactly("task", "timer");
    }

    @Test
    void timersFireAtTheirTimeAndInItsOrder() {
        Instant start = runtime.clock().instant();
        runtime.after(Duration.ofSeconds(2), () -> done.add("2 at " + since(start)));
        runtime.after(Duration.ofSeconds(1), () -> {
            done.add("1 at " + since(start));
            runtime.after(Duration.ofSeconds(3), () -> done.add("4 at " + since(start)));
        });
        runtime.advance(Duration.ofSeconds(3));
        assertThat(done).containsExactly("1 at 1", "2 at 2");
        assertThat(runtime.timers()).isEqualTo(1);
        runtime.advance(Duration.ofSeconds(3));
        assertThat(done).endsWith("4 at 4");
        assertThat(since(start)).isEqualTo(6);
    }

    private long since(Instant start) {
        return Duration.between(start, runtime.clock().instant()).toSeconds();
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        runtime.after(Duration.ofSeconds(1), () -> done.add("cancelled")).run();
        runtime.advance(Duration.ofSeconds(2));
        assertThat(done).isEmpty();
    }

    @Test
    void afterTheCloseTasksRunAtOnceAndTimersNever() {
        runtime.execute(() -> done.add("before"));
        runtime.after(Duration.ofSeconds(1), () -> done.add("timer"));
        runtime.close(Duration.ofSeconds(1));
        runtime.after(Duration.ofSeconds(1), () -> done.add("timer"));
        runtime.execute(() -> done.add("after"));
        runtime.advance(Duration.ofSeconds(2));
        assertThat(done).containsExactly("before", "after");
    }
}
