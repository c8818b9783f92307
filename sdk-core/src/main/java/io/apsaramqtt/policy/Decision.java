package io.apsaramqtt.policy;

import java.util.List;

/**
 * What a set of policies says of one action on one resource, with the statements that made it so: those that deny, those
 * that allow, or those that could not be decided. An implicit deny has none, unless an undecided Deny might make it an
 * explicit one.
 *
 * <p>Immutable.
 *
 * @param outcome the answer
 * @param statements the evidence
 */
public record Decision(Outcome outcome, List<Statement> statements) {

    static final Decision IMPLICIT_DENY = new Decision(Outcome.IMPLICIT_DENY, List.of());

    /** Copies the evidence. */
    public Decision {
        statements = List.copyOf(statements);
    }
}
