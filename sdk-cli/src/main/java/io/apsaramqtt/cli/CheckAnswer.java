package io.apsaramqtt.cli;

import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The answer to one question of {@code check}.
 *
 * <p>Immutable.
 *
 * @param operation publish, subscribe or action
 * @param subject what it was asked for
 * @param outcome the answer
 * @param dialect the generation of names that gave it; none for an action, which names its resource itself
 * @param asked each permission it needs, and what the policies say of it
 * @param explanation the answer in lines of text, as the SDK itself gives it
 */
record CheckAnswer(
        String operation,
        String subject,
        Outcome outcome,
        Optional<Dialect> dialect,
        List<Asked> asked,
        String explanation) {

    /**
     * One permission.
     *
     * @param advised whether the operation may do without it
     */
    record Asked(String action, ResourceName resource, Decision decision, boolean advised) {

        /** Whether it is this permission that made the outcome. */
        boolean decides(Outcome outcome) {
            return switch (outcome) {
                case UNKNOWN -> decision.outcome() == outcome || decision.mayBeExplicitlyDenied();
                case IMPLICIT_DENY -> decision.outcome() == outcome && !advised;
                case ALLOWED, EXPLICIT_DENY -> decision.outcome() == outcome;
            };
        }
    }

    static CheckAnswer of(String operation, String topic, Verdict verdict, String explanation) {
        List<Asked> asked = verdict.parts().stream()
                .map(part -> new Asked(
                        part.requirement().action(),
                        part.requirement().resource(),
                        part.decision(),
                        part.requirement().kind() == Requirement.Kind.INSTANCE_ADVISED))
                .toList();
        return new CheckAnswer(operation, topic, verdict.outcome(), Optional.of(verdict.dialect()), asked, explanation);
    }

    /** The explanation, and in which file and line each statement stands that decided. */
    String text(Evidence evidence) {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        lines.add(explanation);
        String label = "evidence";
        for (Asked each : asked) {
            if (each.decides(outcome)) {
                for (String piece : evidence.of(each.action(), each.resource(), each.decision())) {
                    lines.add("  " + (label + " ".repeat(11)).substring(0, 11) + piece
                            + (asked.size() == 1
                                    ? ""
                                    : ", for " + each.action() + " on "
                                            + each.resource().relativeId()));
                    label = "";
                }
            }
        }
        return lines.toString();
    }

    String json(PolicyFiles files) {
        return JsonOutput.object(json -> {
            json.text("operation", operation).text("subject", subject).text("outcome", outcome.name());
            dialect.ifPresent(generation -> json.text("dialect", generation.name()));
            json.objects("checks", asked, each -> {
                json.flag("required", !each.advised());
                json.decision(each.action(), each.resource(), each.decision(), files);
            });
            json.text("explanation", explanation);
        });
    }
}
