package io.apsaramqtt.permission.source;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Where the effective permissions of a principal are read from. A client reads them before it connects the first time, and
 * again when its copy has become stale.
 *
 * <p>Implementations must be thread-safe. {@link #load()} may block on a file or the network; it is never called on a
 * thread that carries messages.
 */
@FunctionalInterface
public interface PermissionSource {

    /**
     * Reads the permissions that hold now.
     *
     * @throws PermissionSourceException if they cannot be read
     * @throws io.apsaramqtt.policy.MalformedPolicyException if what was read is no policy
     */
    EffectivePermissions load();

    /**
     * Calls {@code changed} whenever a load may give something else, until the result is closed. A source that cannot tell
     * does nothing: it is read again when the copy is stale.
     */
    default AutoCloseable watch(Runnable changed) {
        return () -> {};
    }

    /** Always these policies: whatever the file or program that made them says. */
    static PermissionSource fixed(Policy... policies) {
        return new FixedPermissionSource(new PolicySet(List.of(policies)), Clock.systemUTC());
    }

    /**
     * A file in UTF-8 that holds a RAM policy document, or a set of named ones as described at {@link PolicySet#parse}.
     */
    static PermissionSource file(Path path) {
        return new FilePermissionSource(path, Clock.systemUTC());
    }

    /** The same file, read again as soon as it is written, replaced or linked anew. */
    static PermissionSource watchedFile(Path path) {
        return new WatchedFilePermissionSource(new FilePermissionSource(path, Clock.systemUTC()));
    }

    /**
     * Another source, whose last answer is kept in {@code directory} and taken where {@code source} cannot be read at a start.
     * One directory for each principal. The file is readable by its owner alone and holds policies, no secret; what was read
     * more than an hour ago denies nothing.
     */
    static PermissionSource snapshot(Path directory, PermissionSource source) {
        return new SnapshotPermissionSource(
                new PermissionSnapshot(directory.resolve("apsara-mqtt-permissions")), source);
    }

    /** No permissions at hand: every check answers "unknown" and the broker decides. The default of a client. */
    static PermissionSource none() {
        return new NoPermissionSource(Clock.systemUTC());
    }
}
