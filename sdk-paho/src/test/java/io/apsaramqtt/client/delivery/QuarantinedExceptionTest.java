package io.apsaramqtt.client.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.permission.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuarantinedExceptionTest {

    @Test
    void theMessageTellsTheEndInSecondsAndTheExceptionExactly() {
        Instant until = Instant.parse("2026-11-21T19:02:14.307247055Z");
        QuarantinedException quarantined = new QuarantinedException(
                Operation.PUBLISH, "billing/invoice-1", new ProbableCause(Optional.empty(), List.of()), 3, until);
        assertThat(quarantined)
                .hasMessageStartingWith("Topic 'billing/invoice-1' is in quarantine until 2026-11-21T19:02:14Z: 3"
                        + " connections in a row were lost over it.");
        assertThat(quarantined.until()).isEqualTo(until);
    }
}
