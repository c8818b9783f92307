package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.connection.ProbableCause.InProgress;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.client.session.Activity.Subject;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.policy.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Finds out what connections are lost for. An operation that alone was in progress when the broker closed the connection gets a
 * strike; an acknowledgement clears it; enough strikes put its topic into quarantine, or its parent topic if they are of several
 * names. Where several were in progress nobody is struck: they are sent again one topic at a time, so that the next loss tells.
 * Guarded by the session.
 */
final class Suspicion {

    /** Messages of QoS 0 are not acknowledged: the last ones sent are remembered instead. */
    private static final int REMEMBERED = 16;

    private static final int TRUSTED = 1_000;

    private final Quarantine settings;
    private final BiFunction<Operation, String, Outcome> check;
    private final Map<Subject, Integer> strikes = new HashMap<>();
    private final Quarantines quarantines = new Quarantines();
    private final Optional<ParentStrikes> parents;
    /** What was in progress together when a connection was lost, and not cleared since. */
    private final Set<Subject> accused = new HashSet<>();

    private final Deque<Activity> unacknowledged = new ArrayDeque<>();
    /** Of QoS 0, and survived by a connection: a loss is not for them, or every stream of QoS 0 would hide the cause. */
    private final Set<Subject> trusted = new LinkedHashSet<>();
    /** Topics with strikes, and when a message of QoS 0 was first sent to them on this connection. */
    private final Map<Subject, Instant> onTrial = new HashMap<>();

    /**
     * Suspects nothing yet.
     *
     * @param byParent whether permissions name parent topics alone, so that several names tell of their parent
     * @param check what the permissions say of an operation
     */
    Suspicion(Quarantine settings, boolean byParent, BiFunction<Operation, String, Outcome> check) {
        this.settings = settings;
        this.parents = byParent ? Optional.of(new ParentStrikes(settings.names())) : Optional.empty();
        this.check = check;
    }

    /**
     * What a loss tells.
     *
     * @param loss with the probable cause
     * @param struck what was in progress alone, if anything was
     * @param quarantine what it was put into quarantine with, if it was
     * @param narrowed whether it was suspected before, so that the loss brings the cause nearer
     */
    record Judgement(
            ConnectionLostException loss,
            Optional<Activity> struck,
            Optional<QuarantinedException> quarantine,
            boolean narrowed) {

        /** Nobody is struck. */
        Judgement(ConnectionLostException loss) {
            this(loss, Optional.empty(), Optional.empty(), false);
        }
    }

    /** How long before a loss an operation may have been sent to be its cause. */
    Duration window() {
        return settings.suspicion();
    }

    /** A message of QoS 0 was sent. */
    void sent(Activity activity) {
        if (trusted.contains(activity.subject())) {
            return;
        }
        unacknowledged.addLast(activity);
        Activity oldest = unacknowledged.getFirst();
        boolean survived = oldest.at().plus(settings.suspicion()).isBefore(activity.at());
        if (survived || unacknowledged.size() > REMEMBERED) {
            unacknowledged.removeFirst();
        }
        if (survived) {
            cleared(oldest.subject());
            if (trusted.size() < TRUSTED) {
                trusted.add(oldest.subject());
            }
        }
        if (strikes.containsKey(activity.subject())) {
            onTrial.putIfAbsent(activity.subject(), activity.at());
            acquit(activity.at());
        }
    }

    /** No acknowledgement clears a message of QoS 0: that the connection outlived it does. */
    private void acquit(Instant now) {
        Instant earliest = now.minus(settings.suspicion());
        onTrial.entrySet().removeIf(trial -> {
            boolean outlived = trial.getValue().isBefore(earliest);
            if (outlived) {
                cleared(trial.getKey());
            }
            return outlived;
        });
    }

    /** A connection was lost for which nobody here is suspected. */
    Judgement dismiss(ConnectionLostException loss, Instant now) {
        acquit(now);
        onTrial.clear();
        unacknowledged.clear();
        return new Judgement(loss);
    }

    /** The broker accepted the operation. */
    void cleared(Operation operation, String topic) {
        if (!strikes.isEmpty()
                || !accused.isEmpty()
                || parents.filter(ParentStrikes::isAny).isPresent()) {
            cleared(new Subject(operation, topic));
        }
    }

    private void cleared(Subject subject) {
        strikes.remove(subject);
        accused.remove(subject);
        parents.ifPresent(known -> known.cleared(subject));
    }

    /** Whether this cost the last connection that carried it: it goes last, so that the others need not wait for it. */
    boolean isStruck(Operation operation, String topic) {
        return !strikes.isEmpty() && strikes.containsKey(new Subject(operation, topic));
    }

    /** The permissions changed, or a new start is wanted: nothing is suspected any more. */
    void forget() {
        strikes.clear();
        accused.clear();
        parents.ifPresent(ParentStrikes::forget);
        quarantines.forget();
        unacknowledged.clear();
        trusted.clear();
        onTrial.clear();
    }

    /** Why this operation is in quarantine, if it is. */
    Optional<QuarantinedException> quarantine(Operation operation, String topic, Instant now) {
        return quarantines.find(new Subject(operation, topic), now);
    }

    /**
     * Judges a connection that the broker closed while these were in progress and not acknowledged, and perhaps said of a token
     * what for.
     */
    Judgement judge(ConnectionLostException loss, List<Activity> inProgress, Optional<Cause> token, Instant now) {
        Instant earliest = now.minus(settings.suspicion());
        List<Activity> all = Stream.concat(
                        inProgress.stream(),
                        unacknowledged.stream()
                                .filter(activity -> !activity.at().isBefore(earliest)))
                .toList();
        Judgement nobody = dismiss(Causes.named(loss, token), now);
        if (all.isEmpty()) {
            return nobody;
        }
        Activity first = all.get(0);
        boolean narrowed = strikes.containsKey(first.subject()) || accused.contains(first.subject());
        accused.clear();
        int others = (int) all.stream().map(Activity::subject).distinct().count() - 1;
        ProbableCause cause = new ProbableCause(
                Optional.of(new InProgress(
                        first.operation(), first.topic(), check.apply(first.operation(), first.topic()), others)),
                token.map(List::of).orElseGet(() -> Causes.of(first.operation(), loss)));
        ConnectionLostException told = loss.probablyFor(cause);
        accused.addAll(all.stream().map(Activity::subject).toList());
        if (others > 0) {
            return new Judgement(told);
        }
        return new Judgement(told, Optional.of(first), strike(first.subject(), cause, now), narrowed);
    }

    private Optional<QuarantinedException> strike(Subject subject, ProbableCause cause, Instant now) {
        int count = strikes.merge(subject, 1, Integer::sum);
        Instant until = now.plus(settings.duration());
        Optional<QuarantinedException> reason = parents.flatMap(known -> subject.parent()
                        .flatMap(parent -> Optional.ofNullable(known.strike(parent, subject.topic()))
                                .map(enough -> QuarantinedException.ofParentTopic(
                                        parent.operation(),
                                        parent.topic(),
                                        enough.names(),
                                        cause,
                                        enough.losses(),
                                        until))))
                .or(() -> count < settings.strikes()
                        ? Optional.empty()
                        : Optional.of(
                                new QuarantinedException(subject.operation(), subject.topic(), cause, count, until)));
        reason.ifPresent(found -> {
            strikes.remove(subject);
            accused.remove(subject);
            quarantines.add(found);
        });
        return reason;
    }
}
