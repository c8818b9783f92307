package io.apsaramqtt.permission;

import io.apsaramqtt.permission.Verdict.Part;
import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.RequestContext;
import io.apsaramqtt.resource.Candidate;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.Requirement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts the decisions of policies together: the parts of an operation, and the candidate generations. */
final class PolicyVerdicts {

    private PolicyVerdicts() {}

    /**
     * Over the candidates: an explicit deny of the topic or group counts wherever it is found (who wrote it meant it), and
     * so does one that cannot be decided: then nothing is certainly allowed. Else one that allows is enough, then it is
     * denied if every one certainly denies it, else unknown.
     */
    static Verdict of(PolicyLayers layers, List<Candidate> candidates, RequestContext context) {
        List<Verdict> verdicts = candidates.stream()
                .map(candidate -> of(layers, candidate, context))
                .toList();
        boolean changesWithTime = verdicts.stream().anyMatch(Verdict::changesWithTime);
        return chosen(verdicts).withChangesWithTime(changesWithTime);
    }

    private static Verdict chosen(List<Verdict> verdicts) {
        return first(verdicts, verdict -> anyOfMore(verdict, part -> part.effect() == Outcome.EXPLICIT_DENY))
                .or(() -> first(verdicts, verdict -> verdict.outcome() == Outcome.ALLOWED)
                        .map(allowed -> first(verdicts, verdict -> anyOfMore(verdict, Part::mayBeDenied))
                                .map(PolicyVerdicts::open)
                                .orElse(allowed)))
                .or(() -> first(verdicts, verdict -> verdict.outcome() == Outcome.UNKNOWN))
                .orElseGet(() -> nearest(verdicts));
    }

    private static Optional<Verdict> first(List<Verdict> verdicts, Predicate<Verdict> wanted) {
        return verdicts.stream().filter(wanted).findFirst();
    }

    /** Any part that means something to other generations too: the prerequisites of MQ and of MQTT 2019 do not. */
    private static boolean anyOfMore(Verdict verdict, Predicate<Part> wanted) {
        boolean instanceAccess =
                verdict.dialect() == Dialect.MQTT_UPGRADED || verdict.dialect() == Dialect.MQTT_PREVIOUS;
        return verdict.parts().stream()
                .filter(part -> instanceAccess || part.requirement().kind() != Requirement.Kind.INSTANCE)
                .anyMatch(wanted);
    }

    /** The verdict of a generation in which a Deny is undecided, whatever else that generation lacks. */
    private static Verdict open(Verdict verdict) {
        List<Part> parts = verdict.parts().stream()
                .map(part -> part.mayBeDenied()
                        ? new Part(part.requirement(), part.decision().undecided())
                        : part)
                .toList();
        return new Verdict(Outcome.UNKNOWN, verdict.dialect(), parts, verdict.changesWithTime());
    }

    /** Over the parts: explicit deny beats all; then any implicit deny; then unknown; else allowed. */
    private static Verdict of(PolicyLayers layers, Candidate candidate, RequestContext context) {
        List<Part> parts = candidate.requirements().stream()
                .map(requirement ->
                        new Part(requirement, layers.decide(requirement.action(), requirement.resource(), context)))
                .toList();
        boolean changesWithTime =
                parts.stream().anyMatch(part -> part.decision().changesWithTime());
        return new Verdict(outcome(parts), candidate.dialect(), parts, changesWithTime);
    }

    private static Outcome outcome(List<Part> parts) {
        for (Outcome outcome : List.of(Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY, Outcome.UNKNOWN)) {
            if (parts.stream().anyMatch(part -> part.effect() == outcome)) {
                return outcome;
            }
        }
        return Outcome.ALLOWED;
    }

    /** The verdict of the generation that the policies use, told by how much of what it needs they allow. */
    private static Verdict nearest(List<Verdict> verdicts) {
        return verdicts.stream()
                .max(Comparator.comparingLong(PolicyVerdicts::allowedParts))
                .orElse(Verdict.NOTHING_READ);
    }

    private static long allowedParts(Verdict verdict) {
        return verdict.parts().stream()
                .map(Part::decision)
                .map(Decision::outcome)
                .filter(outcome -> outcome == Outcome.ALLOWED)
                .count();
    }
}
