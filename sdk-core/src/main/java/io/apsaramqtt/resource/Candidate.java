package io.apsaramqtt.resource;

import java.util.List;

/**
 * What an operation needs in one generation of names: all of the requirements.
 *
 * <p>Immutable.
 *
 * @param dialect the generation
 * @param requirements the permissions; the operation's own resource first
 */
public record Candidate(Dialect dialect, List<Requirement> requirements) {

    /** Copies the requirements. */
    public Candidate {
        requirements = List.copyOf(requirements);
    }
}
