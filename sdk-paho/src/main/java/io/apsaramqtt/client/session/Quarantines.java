package io.apsaramqtt.client.session;

import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.client.session.Activity.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The topics and filters that are left alone, and the parent topics that are with all below them. Guarded by the session. */
final class Quarantines {

    private final Map<Subject, QuarantinedException> topics = new HashMap<>();
    private final Map<Subject, QuarantinedException> parents = new HashMap<>();

    void add(QuarantinedException reason) {
        of(reason.isParentTopic()).put(new Subject(reason.operation(), reason.topic()), reason);
    }

    private Map<Subject, QuarantinedException> of(boolean parent) {
        return parent ? parents : topics;
    }

    /** Why this is left alone, if it is; one whose time is over is forgotten. */
    Optional<QuarantinedException> find(Subject subject, Instant now) {
        return find(topics, subject, now)
                .or(() -> parents.isEmpty()
                        ? Optional.empty()
                        : subject.parent().flatMap(parent -> find(parents, parent, now)));
    }

    private static Optional<QuarantinedException> find(
            Map<Subject, QuarantinedException> in, Subject subject, Instant now) {
        QuarantinedException reason = in.isEmpty() ? null : in.get(subject);
        if (reason != null && !now.isBefore(reason.until())) {
            in.remove(subject);
            return Optional.empty();
        }
        return Optional.ofNullable(reason);
    }

    void forget() {
        topics.clear();
        parents.clear();
    }
}
