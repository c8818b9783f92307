package io.apsaramqtt.permission;

import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Effect;
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
 * @param parts each permission the operation needs in that generation, with its decision; empty if nothing was read
 */
public record Verdict(Outcome outcome, Dialect dialect, List<Part> parts) {

    static final Verdict NOTHING_READ = new Verdict(Outcome.UNKNOWN, Dialect.AUTO, List.of());

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
            return (decision.outcome() == Outcome.UNKNOWN || decision.outcome() == Outcome.IMPLICIT_DENY)
                    && decision.statements().stream().anyMatch(statement -> statement.effect() == Effect.DENY);
        }
    }

    /** Copies the parts. */
    public Verdict {
        parts = List.copyOf(parts);
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
