package io.apsaramqtt.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.soak.SoakOptions.Choice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program itself, for seconds instead of half an hour. */
class SoakIT {

    @ParameterizedTest
    @EnumSource(
            value = Choice.class,
            names = {"AUTO", "EMBEDDED"})
    void someSecondsOfBrokenConnectionsLoseNothing(Choice broker) throws Exception {
        SoakOptions options = new SoakOptions(Duration.ofSeconds(8), 50, 50, 7, broker);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        SoakReport report = new Soak(options, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        assertThat(report.complaints()).isEmpty();
        assertThat(report.tallies())
                .hasSize(4)
                .allSatisfy(tally -> assertThat(tally.acknowledged()).isPositive());
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("minute +1  acknowledged +[1-9].* losses +[1-9]");
    }
}
