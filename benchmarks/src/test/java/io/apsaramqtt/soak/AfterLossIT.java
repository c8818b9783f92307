package io.apsaramqtt.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.soak.SoakOptions.Choice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program itself, with few messages. */
class AfterLossIT {

    @Test
    void everyLatencyHasARowOfItsOwn() throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (SoakBroker broker = SoakBroker.start(Choice.AUTO)) {
            new AfterLoss(broker, new PrintStream(printed, true, StandardCharsets.UTF_8))
                    .run(100, 100, List.of(Duration.ZERO, Duration.ofMillis(1)));
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| 0 ms (\\| [0-9]+ \\| [0-9]+ \\| [0-9.]+ \\| [0-9]+ \\| [0-9.]+ \\|)")
                .containsPattern("\\| 2 ms (\\| [0-9]+ \\| [0-9]+ \\| [0-9.]+ \\| [0-9]+ \\| [0-9.]+ \\|)");
    }
}
