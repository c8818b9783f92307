package io.apsaramqtt.policy;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What policies say of one action on one resource, with the evidence: the statements that deny it, those that allow it, or
 * those that could not be decided; an implicit deny has none, unless an undecided Deny might make it an explicit one.
 *
 * <p>Immutable.
 *
 * @param possible every outcome that is possible as far as is known: {@link Outcome#ALLOWED}, {@link Outcome#EXPLICIT_DENY},
 *     {@link Outcome#IMPLICIT_DENY}; never empty
 * @param statements the evidence, each once
 * @param unread the layers of policies that might have changed the answer but could not be read, with the reason
 * @param limitedBy the layer beside the account's own that certainly does not allow it, whatever the account's own says
 * @param changesWithTime whether the same question may have another answer at another moment
 */
public record Decision(
        Set<Outcome> possible,
        List<Statement> statements,
        List<String> unread,
        Optional<String> limitedBy,
        boolean changesWithTime) {

    /** Copies what it is given. */
    public Decision {
        possible = Set.copyOf(possible);
        statements = List.copyOf(new LinkedHashSet<>(statements));
        unread = List.copyOf(unread);
    }

    /** The answer: the only possible outcome; where both denies are possible an implicit one; else unknown. */
    public Outcome outcome() {
        if (possible.size() == 1) {
            return possible.iterator().next();
        }
        return possible.contains(Outcome.ALLOWED) ? Outcome.UNKNOWN : Outcome.IMPLICIT_DENY;
    }

    /** Whether a Deny that could not be decided might deny it, though the outcome is none. */
    public boolean mayBeExplicitlyDenied() {
        return possible.size() > 1 && possible.contains(Outcome.EXPLICIT_DENY);
    }

    /** This decision with an unknown outcome: every one is possible. */
    public Decision undecided() {
        return new Decision(
                EnumSet.of(Outcome.ALLOWED, Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY),
                statements,
                unread,
                limitedBy,
                changesWithTime);
    }
}
