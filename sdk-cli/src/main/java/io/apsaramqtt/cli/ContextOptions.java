package io.apsaramqtt.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What is known of the request's condition keys. Not thread-safe. */
final class ContextOptions {

    @Option(
            names = "--context",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY=VALUE",
            description = {
                "Condition key of the request, as in acs:SourceIp=10.0.0.1; the same key again is another value of it.",
                "What is not given is not known, but: acs:SecureTransport is true, acs:MFAPresent absent,"
                        + " acs:CurrentTime the time of this machine."
            })
    private List<String> context = new ArrayList<>();

    @Option(
            names = "--absent",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY",
            description =
                    "Condition key that the request certainly does not have, as in acs:SourceVpc; may be given again.")
    private List<String> absent = new ArrayList<>();

    /** What the options tell. Throws {@link IllegalArgumentException} if they contradict each other or tell nothing. */
    RequestKnowledge knowledge(GivenOptions given, Clock clock) {
        return RequestKnowledge.of(given.every("--context", context), given.every("--absent", absent), clock);
    }
}
