package io.apsaramqtt.policy;

import java.util.Optional;

/** Looks for the Allow whose resource was missed by the least: by the longest common beginning. */
final class NearestAllow {

    private NearestAllow() {}

    static Optional<Statement> find(PolicySet policies, String action, ResourceName resource) {
        Statement nearest = null;
        int longest = -1;
        for (Policy policy : policies.policies()) {
            for (Statement statement : policy.statements()) {
                if (statement.effect() == Effect.ALLOW && statement.namesAction(action)) {
                    for (String pattern : statement.resources()) {
                        int common = commonBeginning(pattern, resource.toString());
                        if (common > longest) {
                            longest = common;
                            nearest = statement;
                        }
                    }
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static int commonBeginning(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }
}
