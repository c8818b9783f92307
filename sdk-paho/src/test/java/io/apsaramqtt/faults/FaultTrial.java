package io.apsaramqtt.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One fault tried on one link: numbers flow, the fault comes and goes, numbers flow again.
 *
 * @param row what the table says
 * @param tally what became of the numbers
 */
public record FaultTrial(FaultRow row, Tally tally) {

    /** So long a client may take to come back, and to say how a call ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Tries a fault, reports it, and leaves the judgement of the numbers to the caller. Blocks until it is over. */
    public static FaultTrial run(FaultCase fault, String protocol, NumberedLink link, Consumer<FaultRow> report)
            throws Exception {
        return run(fault, protocol, link, report, PATIENCE);
    }

    static FaultTrial run(
            FaultCase fault, String protocol, NumberedLink link, Consumer<FaultRow> report, Duration patience)
            throws Exception {
        try (Traffic traffic = Traffic.over(link)) {
            if (traffic.awaitRoundTrip(patience).isEmpty()) {
                throw new AssertionError("Nothing arrives before the fault [" + fault + "], so it would prove nothing");
            }
            fault.fault().inflict();
            Optional<Duration> recovery = traffic.awaitRoundTrip(patience);
            Tally tally = traffic.finish(patience);
            FaultRow row = new FaultRow(
                    fault.name(),
                    protocol,
                    recovery.isPresent() && tally.pending().isEmpty(),
                    tally.lost().size(),
                    tally.duplicated().size(),
                    recovery);
            report.accept(row);
            return new FaultTrial(row, tally);
        }
    }
}
