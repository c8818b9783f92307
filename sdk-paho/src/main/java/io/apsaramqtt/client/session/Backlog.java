package io.apsaramqtt.client.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages that wait to be sent, in order; what was on a lost connection stands at the front. Guarded by the session. */
final class Backlog {

    private final Deque<Publication> line = new ArrayDeque<>();
    private long bytes;

    @Nullable
    Publication first() {
        return line.peekFirst();
    }

    int size() {
        return line.size();
    }

    /** Of payload. */
    long bytes() {
        return bytes;
    }

    void addLast(Publication publication) {
        line.addLast(publication);
        count(publication, true);
    }

    void addFirst(Publication publication) {
        line.addFirst(publication);
        count(publication, true);
    }

    Publication removeFirst() {
        Publication first = line.removeFirst();
        count(first, false);
        return first;
    }

    /** Those that {@code which} picks go behind the others; among themselves both stay in order. */
    void moveLast(Predicate<Publication> which) {
        List<Publication> last = line.stream().filter(which).toList();
        if (!last.isEmpty()) {
            line.removeIf(which);
            line.addAll(last);
        }
    }

    /** Those that {@code which} picks go first, topic by topic; of one topic, and all others, stay in order. */
    void groupByTopic(Predicate<Publication> which) {
        Map<String, List<Publication>> first = line.stream()
                .filter(which)
                .collect(Collectors.groupingBy(Publication::topic, LinkedHashMap::new, Collectors.toList()));
        List<Publication> others = line.stream().filter(which.negate()).toList();
        line.clear();
        first.values().forEach(line::addAll);
        line.addAll(others);
    }

    void remove(Publication publication) {
        if (publication.queued) {
            line.remove(publication);
            count(publication, false);
        }
    }

    private void count(Publication publication, boolean queued) {
        publication.queued = queued;
        bytes += queued ? publication.message.payloadLength() : -publication.message.payloadLength();
    }

    Stream<Publication> stream() {
        return line.stream();
    }
}
