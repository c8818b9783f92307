package io.apsaramqtt.cli;

import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.policy.Statement;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policies that a command was given, each file read once, and in which file each statement stands: a statement itself
 * knows only the name of its policy and the line.
 *
 * <p>Not thread-safe.
 */
final class PolicyFiles {

    private final Map<Path, PolicySet> read = new HashMap<>();
    private final IdentityHashMap<Statement, String> files = new IdentityHashMap<>();

    /**
     * The policies that {@code text} names: a system policy, which comes before a file of the same name, or those of a file.
     *
     * @param folder where relative paths begin
     * @throws BadInputException if the file cannot be read
     * @throws io.apsaramqtt.policy.MalformedPolicyException if it holds no policy
     */
    List<Policy> named(String text, Path folder) {
        Optional<Policy> system = system(text);
        if (system.isPresent()) {
            return List.of(system.get());
        }
        Path path = path(text, folder);
        PolicySet known = read.get(path);
        if (known == null) {
            known = PolicySet.parse(path.toString(), TextFile.read("Policy file", path));
            known.policies().forEach(policy -> standsIn(path.toString(), policy));
            read.put(path, known);
        }
        return known.policies();
    }

    private static Path path(String text, Path folder) {
        try {
            return folder.resolve(text);
        } catch (InvalidPathException e) {
            throw new BadInputException("Policy file [" + text + "] is not a file name: " + e.getMessage());
        }
    }

    /** Notes that the statements of {@code policy} stand in {@code file}. */
    void standsIn(String file, Policy policy) {
        // A system policy that a set merely names has its lines elsewhere.
        if (!system(policy.name()).equals(Optional.of(policy))) {
            policy.statements().forEach(statement -> files.put(statement, file));
        }
    }

    /** The file in which the statement stands; none for a system policy. */
    Optional<String> file(Statement statement) {
        return Optional.ofNullable(files.get(statement));
    }

    /** {@code policy.json:12}, or the name and number of a statement that stands in no file. */
    String place(Statement statement) {
        return file(statement)
                .map(file -> file + ":" + statement.place().line())
                .orElseGet(() -> "system " + statement);
    }

    private static Optional<Policy> system(String name) {
        try {
            return Optional.of(Policy.system(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
