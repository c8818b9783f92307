package io.apsaramqtt.client.session;

import io.apsaramqtt.client.session.Activity.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts by parent topic the names that cost a connection each, until the broker accepts one of them: RAM names parent topics
 * alone, so that several names in a row tell of their parent. Guarded by the session.
 */
final class ParentStrikes {

    private final int limit;
    private final Map<Subject, Strikes> parents = new HashMap<>();

    /** The strikes of one parent topic. */
    static final class Strikes {

        private final Set<String> names = new TreeSet<>();
        private int losses;

        /** The names that were struck. */
        Set<String> names() {
            return Set.copyOf(names);
        }

        /** How many connections they cost. */
        int losses() {
            return losses;
        }
    }

    /** So many names of one parent topic are enough. */
    ParentStrikes(int limit) {
        this.limit = limit;
    }

    /** A name under {@code parent} cost a connection; the strikes of the parent where they are enough, else null. */
    @Nullable
    Strikes strike(Subject parent, String name) {
        Strikes strikes = parents.computeIfAbsent(parent, subject -> new Strikes());
        strikes.losses++;
        strikes.names.add(name);
        return strikes.names.size() < limit ? null : parents.remove(parent);
    }

    /** Whether there are strikes. */
    boolean isAny() {
        return !parents.isEmpty();
    }

    /** The broker accepted something under the parent topic of {@code subject}. */
    void cleared(Subject subject) {
        if (isAny()) {
            subject.parent().ifPresent(parents::remove);
        }
    }

    void forget() {
        parents.clear();
    }
}
