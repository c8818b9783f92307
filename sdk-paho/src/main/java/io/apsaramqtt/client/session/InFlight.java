package io.apsaramqtt.client.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages that were sent and are not done, in the order in which they left. Guarded by the session. */
final class InFlight {

    /** By identifier. */
    private final Map<Integer, Publication> unacknowledged = new LinkedHashMap<>();
    /** Of QoS 0, which have none: until the engine has written them. */
    private final Set<Publication> unwritten = new LinkedHashSet<>();

    int size() {
        return unacknowledged.size() + unwritten.size();
    }

    /** Of the first of them. */
    String topic() {
        return stream().findFirst().orElseThrow().topic();
    }

    /** Takes a message that has its identifier, if it needs one. */
    void add(Publication publication) {
        if (publication.isAcknowledged()) {
            unacknowledged.put(publication.packetId, publication);
        } else {
            unwritten.add(publication);
        }
    }

    void remove(Publication publication) {
        unwritten.remove(publication);
        unacknowledged.remove(publication.packetId, publication);
    }

    @Nullable
    Publication get(int packetId) {
        return unacknowledged.get(packetId);
    }

    Stream<Publication> stream() {
        return Stream.concat(unacknowledged.values().stream(), unwritten.stream());
    }

    /** Those that were sent on this connection since {@code earliest}. */
    List<Publication> since(Link on, Instant earliest) {
        return stream()
                .filter(publication -> on.equals(publication.sentOn) && !publication.sentAt.isBefore(earliest))
                .toList();
    }

    /** All of them, which are in flight no longer. */
    List<Publication> takeAll() {
        List<Publication> all = stream().toList();
        unacknowledged.clear();
        unwritten.clear();
        return all;
    }
}
