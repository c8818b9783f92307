package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.policy.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges a lost connection and keeps what it was lost for from the next one. Guarded by the session. */
final class Healer {

    private static final Logger log = LoggerFactory.getLogger(Healer.class);

    private final ClientId clientId;
    private final Suspicion suspicion;
    private final Outbound outbound;
    private final Subscriber subscriber;
    private final Subscriptions subscriptions;
    private final Refusals refusals;
    private final Notices notices;
    private final Counters counters;
    private final Runnable filterInQuarantine;

    Healer(
            ClientId clientId,
            Suspicion suspicion,
            Outbound outbound,
            Subscriber subscriber,
            Subscriptions subscriptions,
            Refusals refusals,
            Notices notices,
            Counters counters,
            Runnable filterInQuarantine) {
        this.clientId = clientId;
        this.suspicion = suspicion;
        this.outbound = outbound;
        this.subscriber = subscriber;
        this.subscriptions = subscriptions;
        this.refusals = refusals;
        this.notices = notices;
        this.counters = counters;
        this.filterInQuarantine = filterInQuarantine;
    }

    /** The connection is gone: finds out what for, and has the ledger and the subscriber keep what it carried. */
    Lost lost(Link link, ConnectionLostException seen, boolean sessionKept, Instant now) {
        Instant earliest = now.minus(suspicion.window());
        List<Activity> inProgress = new ArrayList<>(subscriber.inProgress(earliest));
        inProgress.addAll(outbound.ledger().inProgress(link, earliest));
        Optional<Cause> token = link.tokenCause();
        boolean byBroker = Failures.isByBroker(seen)
                && token.filter(Causes::isOfTokenAlone).isEmpty();
        Suspicion.Judgement judgement = byBroker
                ? suspicion.judge(seen, inProgress, token, now)
                : suspicion.dismiss(Causes.named(seen, token), now);
        if (byBroker) {
            outbound.ledger().suspect(link, earliest);
        }
        ConnectionLostException loss = judgement.loss();
        outbound.ledger().lost(loss, sessionKept);
        subscriber.lost(loss, byBroker);
        judgement
                .struck()
                .ifPresent(activity -> refusals.contradicted(loss.probableCause()
                        .flatMap(ProbableCause::inProgress)
                        .map(ProbableCause.InProgress::outcome)
                        .orElse(Outcome.UNKNOWN)));
        judgement.quarantine().ifPresent(this::quarantine);
        return new Lost(loss, byBroker && loss.probableCause().isEmpty(), judgement.narrowed());
    }

    private void quarantine(QuarantinedException reason) {
        String topic = reason.topic();
        counters.quarantined.increment();
        // The one line of it, however many filters it is told for: with several clients it must say which.
        log.warn("Client [{}]: {}", clientId, reason.getMessage());
        if (reason.operation() == Operation.PUBLISH) {
            outbound.fail(
                    publication -> topic.equals(
                            reason.isParentTopic() ? publication.message.topic().parentTopic() : publication.topic()),
                    reason);
            notices.topicQuarantined(topic, reason);
        } else {
            Predicate<TopicFilter> covered =
                    filter -> topic.equals(reason.isParentTopic() ? filter.parentTopic() : filter.value());
            Set<TopicFilter> told = new LinkedHashSet<>();
            reason.names().forEach(name -> told.add(TopicFilter.of(name)));
            subscriptions.all().stream()
                    .map(Subscriptions.Entry::filter)
                    .filter(covered)
                    .forEach(told::add);
            subscriber.fail(covered, reason);
            told.forEach(filter -> notices.subscriptionLost(filter, reason));
            filterInQuarantine.run();
        }
    }

    /** Of the registry, what is to be subscribed to now: what is not in quarantine, nor granted in a session that was kept. */
    List<Subscriptions.Entry> missing(Instant now, boolean sessionKept) {
        return subscriptions.all().stream()
                .filter(entry -> !sessionKept || !subscriptions.granted().contains(entry.filter()))
                .filter(entry -> suspicion
                        .quarantine(Operation.SUBSCRIBE, entry.filter().value(), now)
                        .isEmpty())
                .toList();
    }
}
