package io.apsaramqtt.permission;

import io.apsaramqtt.permission.Verdict.Part;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The outcome of a verdict in words, with who or what made it so. */
record OutcomeText(Operation operation, String topic, Verdict verdict, Grants grants) {

    String text() {
        List<Statement> evidence =
                verdict.deciding().map(part -> part.decision().statements()).orElse(List.of());
        return verdict.outcome()
                + switch (verdict.outcome()) {
                    case ALLOWED, EXPLICIT_DENY -> by(evidence);
                    case IMPLICIT_DENY -> ": " + missing();
                    case UNKNOWN -> ": " + whyUnknown(evidence) + "; the broker decides";
                };
    }

    static String named(List<Statement> statements) {
        return statements.stream().map(Statement::toString).collect(Collectors.joining(" and "));
    }

    private String by(List<Statement> evidence) {
        if (grants instanceof Grants.Rules) {
            return " by a topic rule";
        }
        return evidence.isEmpty() ? "" : " by " + named(evidence);
    }

    private String missing() {
        return verdict.deciding()
                .flatMap(part -> part.decision().limitedBy())
                .map(layer -> "the " + layer + (layer.endsWith("s") ? " do" : " does") + " not allow it")
                .orElseGet(() -> "none of " + size() + " allows it");
    }

    private String whyUnknown(List<Statement> evidence) {
        if (grants instanceof Grants.Unknown unknown) {
            return unknown.reason();
        }
        if (grants instanceof Grants.Rules granted) {
            return granted.rules().openQuestion(operation, topic);
        }
        List<String> reasons = new ArrayList<>();
        for (Statement statement : evidence) {
            reasons.add(statement + " cannot be decided here (" + openQuestions(statement) + ")");
        }
        for (Part part : verdict.parts()) {
            for (String layer : part.decision().unread()) {
                String reason = "not read: " + layer;
                if (!reasons.contains(reason)) {
                    reasons.add(reason);
                }
            }
        }
        return String.join(" and ", reasons);
    }

    private static String openQuestions(Statement statement) {
        List<String> questions = new ArrayList<>(statement.undecidable());
        statement.conditionKeys().forEach(key -> questions.add("condition on " + key));
        return questions.isEmpty() ? "part of the resource name is not known" : String.join(", ", questions);
    }

    private String size() {
        if (grants instanceof Grants.Rules granted) {
            return counted(granted.rules().rules().size(), "topic rule", "topic rules");
        }
        if (!(grants instanceof Grants.Policies granted)) {
            return "no policy";
        }
        PolicySet policies = granted.layers().account();
        return counted(policies.policies().size(), "policy", "policies") + " ("
                + counted(policies.statementCount(), "statement", "statements") + ")";
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
