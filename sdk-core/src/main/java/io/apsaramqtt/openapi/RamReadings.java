package io.apsaramqtt.openapi;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.http.BoundedHttp;
import io.apsaramqtt.permission.source.PermissionSource;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One reading for each AccessKey and settings, however many clients ask. Keyed by the whole AccessKey: whoever has another
 * secret must not spoil the answer of others. AccessKeys of one role session, which STS has vouched for, share what is read
 * while they wait. Thread-safe.
 */
final class RamReadings {

    /** More than this in one program are AccessKeys that come and go; the one asked for least recently is forgotten. */
    private static final int MAX = 256;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1_000_000;
    private static final int CALLS_AT_A_TIME = 4;
    private static final int CALLS_PER_SECOND = 20;
    private static final Waiting SLEEPING = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

    private final OpenApiCaller caller;
    private final Concurrently concurrently = new Concurrently(CALLS_AT_A_TIME);
    private final Clock clock;

    private final Map<Key, PermissionSource> sources = mostRecent();
    private final Map<Session, PrincipalMemory> sessions = mostRecent();

    private record Key(AccessKey accessKey, RamSettings settings) {}

    private record Session(CallerIdentity identity, RamSettings settings) {}

    private static <K, V> Map<K, V> mostRecent() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX;
            }
        };
    }

    RamReadings(OpenApiCaller caller, Clock clock) {
        this.caller = caller;
        this.clock = clock;
    }

    /** Made when first asked for: a program that reads no permissions has no threads for it. */
    private static final class OfThisJvm {
        static final RamReadings READINGS = new RamReadings(caller(paceOfAll(), Clock.systemUTC()), Clock.systemUTC());
    }

    /** Those that all clients in this Java runtime share. */
    static RamReadings ofThisJvm() {
        return OfThisJvm.READINGS;
    }

    private static Function<OpenApiCall, Pace> paceOfAll() {
        Pace pace = pace(CALLS_PER_SECOND);
        return call -> pace;
    }

    /** A pace in real time; whoever waits sleeps. */
    static Pace pace(int callsPerSecond) {
        return new Pace(callsPerSecond, System::nanoTime, SLEEPING);
    }

    /** A caller over the network, in real time. */
    static OpenApiCaller caller(Function<OpenApiCall, Pace> pace, Clock clock) {
        return new OpenApiCaller(
                new BoundedHttp(BoundedHttp.client(), TIMEOUT, MAX_BYTES),
                clock,
                () -> UUID.randomUUID().toString(),
                pace,
                Backoff.standard(new Random()),
                SLEEPING);
    }

    synchronized PermissionSource of(AccessKey accessKey, RamSettings settings) {
        return sources.computeIfAbsent(
                new Key(accessKey, settings),
                key -> PermissionSource.shared(
                        RamReader.SOURCE,
                        new PrincipalReading(
                                new RamReader(caller, concurrently, settings, clock),
                                accessKey,
                                identity -> memory(identity, settings))));
    }

    /** That of a role session outlives its AccessKeys, which follow each other; a user has one for years. */
    private synchronized PrincipalMemory memory(CallerIdentity identity, RamSettings settings) {
        return identity instanceof CallerIdentity.RoleSession
                ? sessions.computeIfAbsent(new Session(identity, settings), key -> new PrincipalMemory())
                : new PrincipalMemory();
    }
}
