package io.apsaramqtt.permission;

import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.Requirement;
import java.util.List;
import java.util.Optional;

/**
 * The answer to "may this client do this operation", with what it was made of. It holds neither the whole topic nor a time,
 * so one value serves every topic under a parent topic.
 *
 * <p>Immutable.
 *
 * @param outcome the answer
 * @param dialect the generation of names that gave it, {@link Dialect#AUTO} if none did
 * @param parts each permission the operation needs in that generation, with its decision; empty if no policies were read
 * @param changesWithTime whether the same question may have another answer at another moment
 */
public record Verdict(Outcome outcome, Dialect dialect, List<Part> parts, boolean changesWithTime) {

    static final Verdict NOTHING_READ = withoutParts(Outcome.UNKNOWN);

    /**
     * One permission the operation needs, and what the policies say of it.
     *
     * @param requirement the permission
     * @param decision what the policies say
     */
    public record Part(Requirement requirement, Decision decision) {

        boolean isAdvised() {
            return requirement.kind() == Requirement.Kind.INSTANCE_ADVISED;
        }

        /** What the part means for the operation: a missing advised permission means nothing. */
        Outcome effect() {
            if (!isAdvised() || decision.outcome() == Outcome.EXPLICIT_DENY) {
                return decision.outcome();
            }
            return mayBeDenied() ? Outcome.UNKNOWN : Outcome.ALLOWED;
        }

        /** Whether a Deny is among what could not be decided. */
        boolean mayBeDenied() {
            return decision.mayBeExplicitlyDenied();
        }
    }

    /** Copies the parts. */
    public Verdict {
        parts = List.copyOf(parts);
    }

    static Verdict withoutParts(Outcome outcome) {
        return new Verdict(outcome, Dialect.AUTO, List.of(), false);
    }

    Verdict withChangesWithTime(boolean changes) {
        return changes == changesWithTime ? this : new Verdict(outcome, dialect, parts, changes);
    }

    /** Whether the operation is certainly denied. */
    public boolean isDenied() {
        return outcome.isDenied();
    }

    /** The part that made the outcome: the first with the same one. */
    Optional<Part> deciding() {
        return parts.stream().filter(part -> part.effect() == outcome).findFirst();
    }
}
