package io.apsaramqtt.cli;

import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.RequestContext;
import io.apsaramqtt.policy.ResourceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A case of a suite: one request or several for one operation, the policies that bear on it, and what is right.
 *
 * <p>Immutable.
 *
 * @param title its ID and where it stands
 * @param layers the policies
 * @param context what is known of the request
 * @param checks the requests
 * @param right each outcome that is right
 * @param possible every outcome that must be possible, and no other, if the case tells
 */
record SuiteCase(
        CaseResult.Title title,
        PolicyLayers layers,
        RequestContext context,
        List<Request> checks,
        Set<Outcome> right,
        Optional<Set<Outcome>> possible) {

    /** One action on one resource. */
    record Request(String action, ResourceName resource) {}

    CaseResult run() {
        List<CaseResult.Check> answers = checks.stream()
                .map(check -> new CaseResult.Check(
                        check.action(), check.resource(), layers.decide(check.action(), check.resource(), context)))
                .toList();
        return new CaseResult(
                title, right, Optional.of(outcome(answers)), answers, possibleProblem(answers), layers.account());
    }

    /** Explicit deny beats all; then any implicit deny; then unknown; else allowed. */
    private static Outcome outcome(List<CaseResult.Check> answers) {
        List<Outcome> outcomes = answers.stream()
                .map(CaseResult.Check::decision)
                .map(Decision::outcome)
                .toList();
        for (Outcome outcome : List.of(Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY, Outcome.UNKNOWN)) {
            if (outcomes.contains(outcome)) {
                return outcome;
            }
        }
        return Outcome.ALLOWED;
    }

    private Optional<String> possibleProblem(List<CaseResult.Check> answers) {
        return possible.flatMap(expected -> answers.stream()
                .map(answer -> answer.decision().possible())
                .filter(found -> !found.equals(expected))
                .findFirst()
                .map(found -> "expected as possible " + CaseResult.words(expected, "and") + ", was "
                        + CaseResult.words(found, "and")));
    }
}
