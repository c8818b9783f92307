package io.apsaramqtt.cli;

import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Effect;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.policy.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What decided a request, in words with file and line.
 *
 * <p>Immutable, but for the files, which it only reads.
 *
 * @param account the policies among which the Allow is looked for that comes nearest
 */
record Evidence(PolicyFiles files, PolicySet account) {

    /** Each piece of it, such as {@code Deny at policy.json:12}. */
    List<String> of(String action, ResourceName resource, Decision decision) {
        List<String> pieces = new ArrayList<>();
        boolean undecided = decision.outcome() == Outcome.UNKNOWN || decision.mayBeExplicitlyDenied();
        for (Statement statement : decision.statements()) {
            pieces.add(effect(statement) + " at " + files.place(statement) + (undecided ? why(statement) : ""));
        }
        decision.unread().forEach(layer -> pieces.add("not read: " + layer));
        decision.limitedBy().ifPresent(layer -> pieces.add("not allowed by the " + layer));
        if (pieces.isEmpty()) {
            pieces.add("no Allow matches"
                    + account.nearestAllow(action, resource)
                            .map(nearest -> "; the nearest is at " + files.place(nearest))
                            .orElse(""));
        }
        return pieces;
    }

    static String effect(Statement statement) {
        return statement.effect() == Effect.ALLOW ? "Allow" : "Deny";
    }

    private static String why(Statement statement) {
        List<String> reasons = new ArrayList<>(statement.undecidable());
        statement.conditionKeys().forEach(key -> reasons.add("condition on " + key));
        return " (cannot be decided here: "
                + (reasons.isEmpty() ? "part of the resource name is not known" : String.join(", ", reasons)) + ")";
    }
}
