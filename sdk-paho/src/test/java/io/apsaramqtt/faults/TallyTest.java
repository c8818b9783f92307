package io.apsaramqtt.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.faults.Tally.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void nothingPublishedIsNothingLost() {
        assertThat(Tally.of(Map.of(), List.of()))
                .isEqualTo(new Tally(0, 0, 0, 0, List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void onlyWhatWasAcknowledgedCanBeLost() {
        Map<Integer, Outcome> published = Map.of(
                1, Outcome.ACKNOWLEDGED,
                2, Outcome.ACKNOWLEDGED,
                3, Outcome.FAILED,
                4, Outcome.PENDING,
                5, Outcome.REFUSED);
        assertThat(Tally.of(published, List.of(1)))
                .isEqualTo(new Tally(4, 1, 2, 1, List.of(4), List.of(2), List.of(), List.of()));
    }

    @Test
    void whatFailedMayArriveWithoutBeingStrange() {
        Map<Integer, Outcome> published = Map.of(1, Outcome.FAILED, 2, Outcome.PENDING);
        Tally tally = Tally.of(published, List.of(2, 1));
        assertThat(tally.strange()).isEmpty();
        assertThat(tally.lost()).isEmpty();
    }

    @Test
    void eachArrivalTooManyIsADuplicate() {
        Map<Integer, Outcome> published = Map.of(1, Outcome.ACKNOWLEDGED, 2, Outcome.FAILED);
        assertThat(Tally.of(published, List.of(1, 2, 1, 2, 1)).duplicated()).containsExactly(1, 2, 1);
    }

    @Test
    void whatWasRefusedOrNeverPublishedIsStrange() {
        assertThat(Tally.of(Map.of(1, Outcome.REFUSED), List.of(1, 7)).strange())
                .containsExactly(1, 7);
    }
}
