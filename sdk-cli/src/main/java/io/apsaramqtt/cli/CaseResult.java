package io.apsaramqtt.cli;

import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.ResourceName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a case of a suite ended.
 *
 * <p>Immutable.
 *
 * @param title its ID and where it stands
 * @param right each outcome that is right; empty if the case is malformed
 * @param actual the outcome; none if the case is malformed
 * @param checks what was asked and answered
 * @param problem what is wrong beside the outcome
 * @param account the policies at the level of the account
 */
record CaseResult(
        Title title,
        Set<Outcome> right,
        Optional<Outcome> actual,
        List<Check> checks,
        Optional<String> problem,
        PolicySet account) {

    /** The ID of a case, and the line in which it begins. */
    record Title(String id, int line) {}

    /** One request and its answer. */
    record Check(String action, ResourceName resource, Decision decision) {}

    static CaseResult malformed(Title title, String problem) {
        return new CaseResult(title, Set.of(), Optional.empty(), List.of(), Optional.of(problem), PolicySet.of());
    }

    boolean passed() {
        return problem.isEmpty() && actual.filter(right::contains).isPresent();
    }

    /** Why it failed, on one line. */
    String failure(PolicyFiles files) {
        if (actual.isEmpty()) {
            return problem.orElse("");
        }
        String difference = actual.filter(right::contains).isPresent()
                ? problem.orElse("")
                : "expected " + words(right, "or") + ", was " + actual.get();
        Evidence evidence = new Evidence(files, account);
        return difference + ": "
                + checks.stream().map(check -> explain(check, evidence)).collect(Collectors.joining("; "));
    }

    private static String explain(Check check, Evidence evidence) {
        return check.action() + " on " + check.resource() + ": "
                + check.decision().outcome() + ", "
                + String.join(", ", evidence.of(check.action(), check.resource(), check.decision()));
    }

    /** The outcomes in words, in the order of the enum: {@code implicit deny or unknown}. */
    static String words(Collection<Outcome> outcomes, String conjunction) {
        return outcomes.stream().sorted().map(Outcome::toString).collect(Collectors.joining(" " + conjunction + " "));
    }
}
