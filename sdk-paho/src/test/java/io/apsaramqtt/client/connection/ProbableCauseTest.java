package io.apsaramqtt.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.ProbableCause.InProgress;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.policy.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbableCauseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | publish to 'a/b', which the local check finds unknown",
                "1 | publish to 'a/b' (and 1 other operation), which the local check finds unknown",
                "2 | publish to 'a/b' (and 2 other operations), which the local check finds unknown"
            })
    void saysHowManyOtherOperationsItMayHaveBeen(int others, String expected) {
        assertThat(new InProgress(Operation.PUBLISH, "a/b", Outcome.UNKNOWN, others))
                .hasToString(expected);
    }
}
