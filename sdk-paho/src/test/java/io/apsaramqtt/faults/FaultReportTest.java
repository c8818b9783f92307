package io.apsaramqtt.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.faults.FaultReporting.Publication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

class FaultReportTest {

    private static final String TABLE = """
            ## The network

            | fault | protocol | survived | lost | duplicated | recovery ms |
            |---|---|---|---|---|---|
            | black hole | 3.1.1 | yes | 0 | 3 | 1234 |

            ## The broker

            | fault | protocol | survived | lost | duplicated | recovery ms |
            |---|---|---|---|---|---|
            | kill -9 | 5 | **no** | 17 | 0 | - |
            """;

    private static final Set<FaultReport> SHARED = new HashSet<>();

    private final PrintStream out = System.out;
    private final FaultReport report = new FaultReport();

    @BeforeAll
    static void forgetEarlierRuns() {
        SHARED.clear();
    }

    @AfterEach
    void restore() {
        System.setOut(out);
    }

    private void addRows() {
        report.add(
                "The network", new FaultRow("black hole", "3.1.1", true, 0, 3, Optional.of(Duration.ofMillis(1234))));
        report.add("The broker", new FaultRow("kill -9", "5", false, 17, 0, Optional.empty()));
    }

    @Test
    void rowsStandInTheOrderInWhichTheyCame() {
        addRows();
        assertThat(report.markdown()).isEqualTo(TABLE);
    }

    @Test
    void theTableIsPrintedAndWrittenAtTheEnd(@TempDir Path folder) throws IOException {
        addRows();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        new Publication(report, folder.resolve("target"), "report.md").close();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(TABLE);
        assertThat(folder.resolve("target").resolve("report.md")).hasContent(TABLE);
    }

    @Test
    void withoutARowNothingIsWritten(@TempDir Path folder) throws IOException {
        new Publication(report, folder, "report.md").close();
        assertThat(folder).isEmptyDirectory();
    }

    @RepeatedTest(2)
    @ExtendWith(FaultReporting.class)
    void testsOfAClassShareOneReport(FaultReport shared) {
        SHARED.add(shared);
        assertThat(SHARED).hasSize(1);
    }
}
