package io.apsaramqtt.spring.permission;

import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Statement;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the permissions of a client say of one operation that the application declares.
 *
 * <p>Immutable.
 *
 * @param client the name of the client
 * @param operation what is asked
 * @param topic topic name or topic filter
 * @param declaredBy class, method or property that declares it
 * @param verdict the answer, and what it was made of
 * @param explanation the reasons, in lines of text without a last line break
 */
public record CheckedOperation(
        String client, Operation operation, String topic, String declaredBy, Verdict verdict, String explanation) {

    /** The answer. */
    public Outcome outcome() {
        return verdict.outcome();
    }

    /** Whether it is certainly denied. */
    public boolean isDenied() {
        return verdict.isDenied();
    }

    /** The statements that decided, such as {@code policy "alarms", statement 1}; empty where none did, or it is not known. */
    public Optional<String> policy() {
        if (outcome() == Outcome.UNKNOWN) {
            return Optional.empty();
        }
        return Optional.of(verdict.parts().stream()
                        .filter(part -> part.decision().outcome() == outcome())
                        .flatMap(part -> part.decision().statements().stream())
                        .map(Statement::toString)
                        .distinct()
                        .collect(Collectors.joining(" and ")))
                .filter(text -> !text.isEmpty());
    }
}
