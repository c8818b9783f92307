package io.apsaramqtt.permission.source;

import io.apsaramqtt.http.BoundedHttp;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
     * Reads the permissions, or gives what was read after this moment already: a source that is shared by many need not be
     * read for each. By default reads.
     *
     * @throws PermissionSourceException if they cannot be read
     * @throws io.apsaramqtt.policy.MalformedPolicyException if what was read is no policy
     */
    default EffectivePermissions load(Instant after) {
        return load();
    }

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

    /**
     * A server of your own: {@code GET} of a body as {@link #file} takes it. Its {@code ETag} is sent back with the next
     * request, and a 304 keeps the last answer. Clients that hold the same source share one answer; whoever waits for it is
     * told after 10 s that there is none yet. A body has at most 1 MB; redirects are not followed. No failure stops a client.
     *
     * @param uri {@code https://...}; {@code http} is taken too, but whoever is in between can then change what is denied
     */
    static PermissionSource http(URI uri) {
        return http(uri, Map::of, BoundedHttp.client());
    }

    /**
     * The same, with headers asked for at each request, such as {@code Authorization}, and sent through a client of your own,
     * which brings its TLS, proxy and connect time-out.
     *
     * @param headers called on a thread of the SDK; may block
     */
    static PermissionSource http(URI uri, Supplier<Map<String, String>> headers, HttpClient client) {
        return shared(
                HttpPermissionSource.nameOf(uri),
                new HttpPermissionSource(
                        uri,
                        headers,
                        new BoundedHttp(client, HttpPermissionSource.TIMEOUT, HttpPermissionSource.MAX_BYTES),
                        Clock.systemUTC()));
    }

    /**
     * The first of {@code sources} that answers; one that knows nothing counts as no answer. Why the ones before it did not
     * is logged when it changes; if none does, the failure names each.
     */
    static PermissionSource layered(PermissionSource... sources) {
        return new LayeredPermissionSource(List.of(sources));
    }

    /**
     * Another source, read once for all clients that hold this one: on a thread of its own, never twice at the same time, and
     * only for questions that nothing read before can answer. Whoever waits is told after 10 s that there is no answer yet,
     * and a failure is not followed by another reading for 5 s.
     *
     * @param name of the source, for failures
     */
    static PermissionSource shared(String name, PermissionSource source) {
        return new SharedPermissionSource(
                name, source, ReadingThreads.executor(), SharedPermissionSource.PATIENCE, Clock.systemUTC());
    }

    /** No permissions at hand: every check answers "unknown" and the broker decides. The default of a client. */
    static PermissionSource none() {
        return new NoPermissionSource(Clock.systemUTC());
    }
}
