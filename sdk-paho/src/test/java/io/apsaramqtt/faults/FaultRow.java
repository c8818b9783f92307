package io.apsaramqtt.faults;

import java.time.Duration;
import java.util.Optional;

/**
 * One line of the table.
 *
 * @param fault its name
 * @param protocol such as {@code 3.1.1}
 * @param survived whether the client came back and no call is pending
 * @param lost messages that were acknowledged and never received
 * @param duplicated messages that were received too often
 * @param recovery from the end of the fault to the first message that was published, acknowledged and received after it
 */
public record FaultRow(
        String fault, String protocol, boolean survived, int lost, int duplicated, Optional<Duration> recovery) {

    static final String HEAD =
            "| fault | protocol | survived | lost | duplicated | recovery ms |\n|---|---|---|---|---|---|\n";

    String markdown() {
        return "| %s | %s | %s | %d | %d | %s |%n"
                .formatted(
                        fault,
                        protocol,
                        survived ? "yes" : "**no**",
                        lost,
                        duplicated,
                        recovery.map(time -> String.valueOf(time.toMillis())).orElse("-"))
                .replace(System.lineSeparator(), "\n");
    }
}
