package io.apsaramqtt.client.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a session over a simulated broker, clock and workers. A seed that fails is printed; it replays with
 * {@code -Dapsara.test.seed=...}. How many: {@code -Dapsara.test.schedules=...}.
 */
class SessionSimulationTest {

    private static final int STEPS = 60;

    @Test
    void whateverHappensNothingAcceptedIsLostOrPendingForEver() {
        Long seed = Long.getLong("apsara.test.seed");
        if (seed != null) {
            assertThat(new Schedule(seed).run(STEPS)).as("seed " + seed).isEmpty();
            return;
        }
        Random seeds = new Random(Long.getLong("apsara.test.seeds", 20_261_121L));
        for (int left = Integer.getInteger("apsara.test.schedules", 2_000); left > 0; left--) {
            long next = seeds.nextLong();
            List<String> wrong = new Schedule(next).run(STEPS);
            assertThat(wrong)
                    .as("seed " + next + ", replay with -Dapsara.test.seed=" + next)
                    .isEmpty();
        }
    }
}
