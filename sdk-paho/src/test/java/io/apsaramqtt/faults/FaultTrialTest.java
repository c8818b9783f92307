package io.apsaramqtt.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.faults.FakeLink.Fate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTrialTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final FakeLink link = new FakeLink();
    private final FaultReport report = new FaultReport();

    private FaultTrial trial(FaultCase.Fault fault, Duration patience) throws Exception {
        return FaultTrial.run(
                new FaultCase("a fault", fault), "3.1.1", link, row -> report.add("Faults", row), patience);
    }

    private void oneNumber(Fate fate) {
        link.setFateOnce(fate);
        await().until(link::wasOnce);
    }

    @Test
    void aFaultThatDoesNothingIsSurvivedWithoutLoss() throws Exception {
        FaultTrial trial = trial(() -> {}, LONG);
        assertThat(trial.row().survived()).isTrue();
        assertThat(trial.row().recovery()).isPresent();
        assertThat(trial.row().lost()).isZero();
        assertThat(trial.row().duplicated()).isZero();
        assertThat(trial.tally().accepted())
                .isGreaterThanOrEqualTo(2)
                .isEqualTo(trial.tally().acknowledged());
        assertThat(report.markdown()).contains("| a fault | 3.1.1 | yes | 0 | 0 | ");
    }

    @Test
    void whatIsLostIsCounted() throws Exception {
        FaultTrial trial = trial(() -> oneNumber(Fate.IS_LOST), LONG);
        assertThat(trial.row().survived()).isTrue();
        assertThat(trial.row().lost()).isEqualTo(1);
        assertThat(trial.tally().lost()).hasSize(1);
    }

    @Test
    void whatArrivesTwiceIsCounted() throws Exception {
        assertThat(trial(() -> oneNumber(Fate.ARRIVES_TWICE), LONG).row().duplicated())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS", "FAILS_AND_ARRIVES"})
    void whatFailedIsNeitherLostNorPending(Fate fate) throws Exception {
        FaultTrial trial = trial(() -> oneNumber(fate), LONG);
        assertThat(trial.row().survived()).isTrue();
        assertThat(trial.row().lost()).isZero();
        assertThat(trial.tally().failed()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedWasNeverAccepted() throws Exception {
        FaultTrial trial = trial(() -> oneNumber(Fate.IS_REFUSED), LONG);
        assertThat(trial.row().survived()).isTrue();
        assertThat(trial.tally().refused()).isEqualTo(1);
        assertThat(trial.tally().accepted()).isEqualTo(trial.tally().acknowledged());
    }

    @Test
    void aCallThatStaysPendingIsNotSurvived() throws Exception {
        FaultTrial trial = trial(() -> oneNumber(Fate.STAYS_PENDING), Duration.ofSeconds(1));
        assertThat(trial.row().survived()).isFalse();
        assertThat(trial.row().recovery()).isPresent();
        assertThat(trial.tally().pending()).hasSize(1);
    }

    @Test
    void aClientThatNeverComesBackHasNotSurvived() throws Exception {
        FaultTrial trial = trial(() -> link.setFate(Fate.FAILS), SHORT);
        assertThat(trial.row().survived()).isFalse();
        assertThat(trial.row().recovery()).isEmpty();
        assertThat(report.markdown()).contains("| a fault | 3.1.1 | **no** | 0 | 0 | - |");
    }

    @Test
    void aLinkThatNeverWorkedProvesNothing() {
        link.setFate(Fate.IS_REFUSED);
        assertThatThrownBy(() -> trial(() -> {}, SHORT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[a fault]");
        assertThat(report.isEmpty()).isTrue();
    }
}
