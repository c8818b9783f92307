package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.client.delivery.Undelivered;
import io.apsaramqtt.client.inbound.Inbound;
import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.TransportFactory;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts of a session, put together; what concerns several of them stands here. Guarded by the session. */
final class SessionParts {

    private final SessionSettings settings;
    private final ClientRuntime runtime;
    private final Guard guard;
    private final SessionRules rules;
    private final PermissionGate gate;
    private final Notices notices;
    private final Counters counters = new Counters();
    private final Subscriptions subscriptions;
    private final Suspicion suspicion;
    private final Outbound outbound;
    private final Subscriber subscriber;
    private final Unsubscriber unsubscriber;
    private final Reception inbound;
    private final Continuity continuity;
    private final Lifecycle lifecycle;
    private final TrafficHold hold = new TrafficHold();
    private final @Nullable TokenRotation rotation;
    private @Nullable Farewell farewell;

    SessionParts(
            SessionSettings settings,
            InboundChoice choice,
            PermissionGate gate,
            TransportFactory transports,
            ClientRuntime runtime,
            Guard guard,
            Function<Message, CompletableFuture<Void>> publish) {
        this.settings = settings;
        this.runtime = runtime;
        this.guard = guard;
        this.rules = new SessionRules(settings);
        this.subscriptions = new Subscriptions(settings.rules());
        this.gate = gate;
        this.notices = new Notices(settings.connectionListener(), runtime::execute);
        PacketIds ids = new PacketIds();
        Refusals refusals = new Refusals(gate::outcome, settings.mismatch(), counters, this::unanswered);
        this.suspicion =
                new Suspicion(settings.quarantine(), settings.rules().profile() == Profile.APSARAMQ, gate::outcome);
        this.outbound = new Outbound(settings, runtime, guard, ids, suspicion, refusals, counters, hold);
        Duration timeout = settings.timing().operationTimeout();
        this.subscriber = new Subscriber(
                runtime, guard, ids, timeout, suspicion, refusals, this::notGranted, subscriptions.granted(), hold);
        this.unsubscriber = new Unsubscriber(runtime, guard, ids, timeout, hold);
        TokenUpload upload = new TokenUpload(runtime, guard, ids, hold, refusals, settings.timing());
        this.rotation = TokenRotation.of(settings, runtime, guard, upload, hold, notices);
        Healer healer = new Healer(
                settings.clientId(),
                suspicion,
                outbound,
                subscriber,
                subscriptions,
                refusals,
                notices,
                counters,
                () -> runtime.after(settings.quarantine().duration(), this::subscribeToMissing));
        this.inbound = new Reception(() -> new Inbound(
                choice.settings(), choice.receivers(settings.clientId(), subscriptions), publish::apply, runtime));
        this.continuity = new Continuity(
                settings,
                runtime,
                guard,
                this::isPermitted,
                inbound,
                outbound,
                subscriber,
                unsubscriber,
                healer,
                rotation,
                this::drop);
        this.lifecycle = new Lifecycle(settings, transports, runtime, guard, counters, notices, continuity);
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    Outbound outbound() {
        return outbound;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Unsubscriber unsubscriber() {
        return unsubscriber;
    }

    Reception inbound() {
        return inbound;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    SessionRules rules() {
        return rules;
    }

    ClientRuntime runtime() {
        return runtime;
    }

    SessionSettings settings() {
        return settings;
    }

    SessionStatistics statistics() {
        return new SessionStatistics(
                counters.connects.sum(),
                counters.losses.sum(),
                counters.failedAttempts.sum(),
                counters.accepted.sum(),
                counters.acknowledged.sum(),
                counters.refused.sum(),
                counters.mismatches.sum(),
                counters.quarantined.sum(),
                guard.get(outbound.ledger()::size),
                guard.get(() -> outbound.ledger().waiting().size()),
                inbound.statistics());
    }

    /** Connects; after the end of a connection that is being ended. */
    CompletableFuture<Void> connect() {
        return farewell == null ? lifecycle.connect() : farewell.result().thenCompose(left -> guard.get(this::connect));
    }

    /** Ends the connection; takes nothing from now on. */
    CompletableFuture<Undelivered> disconnect(Duration limit, boolean forGood) {
        if (farewell == null && lifecycle.state() == ConnectionState.CLOSED) {
            return CompletableFuture.completedFuture(new Undelivered(List.of(), List.of()));
        }
        Farewell joined = farewell == null ? new Farewell(this, guard, hold) : farewell;
        joined.join(limit, forGood);
        if (farewell == null) {
            farewell = joined;
            joined.begin();
        }
        guard.changed();
        return joined.result();
    }

    /** The connection was ended. */
    void farewellOver() {
        farewell = null;
        inbound.renew();
    }

    /** What a call finds: a connection that is being ended is none to it. */
    ConnectionState openState() {
        return farewell == null ? lifecycle.state() : farewell.end();
    }

    CompletableFuture<Void> subscribe(TopicFilter filter, Qos qos, Receiver receiver, PermissionMode mode) {
        quarantine(filter).ifPresent(reason -> {
            throw reason;
        });
        if (openState() != ConnectionState.CONNECTED) {
            throw new NotConnectedException("subscribe to '" + filter + "'", openState());
        }
        Subscription subscription = new Subscription(filter, qos);
        Runnable takeBack = subscriptions.add(new Subscriptions.Entry(subscription, receiver, mode));
        unsubscriber.keep(filter);
        return subscriber.subscribe(subscription, takeBack);
    }

    /** Why the filter is left out of the next connection, if it is. */
    Optional<QuarantinedException> quarantine(TopicFilter filter) {
        return suspicion.quarantine(
                Operation.SUBSCRIBE, filter.value(), runtime.clock().instant());
    }

    CompletableFuture<Void> unsubscribe(TopicFilter filter) {
        subscriptions.remove(filter);
        boolean known = subscriber.forget(filter);
        if (lifecycle.link().isPresent()) {
            return unsubscriber.unsubscribe(lifecycle.link().get(), List.of(filter));
        }
        if (known) {
            unsubscriber.later(filter);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** The broker no longer grants a filter. */
    private void notGranted(Subscription subscription, OperationRefusedException why) {
        subscriptions.remove(subscription);
        notices.subscriptionLost(subscription.filter(), why);
    }

    /** Whether the permissions still allow a filter; without the lock. One that they deny is kept for better times. */
    private boolean isPermitted(Subscriptions.Entry entry) {
        Optional<PermissionDeniedException> refusal = gate.refusal(settings.clientId(), entry.filter(), entry.mode());
        refusal.ifPresent(why -> notices.subscriptionLost(entry.filter(), why));
        return refusal.isEmpty();
    }

    /** Suspects nothing any more, and subscribes to what was left out. */
    void forgive() {
        guard.run(suspicion::forget);
        runtime.execute(this::subscribeToMissing);
    }

    private void subscribeToMissing() {
        List<Subscription> wanted = continuity.wanted(true);
        guard.run(() -> subscriber.add(wanted));
    }

    private void drop(Link link, ConnectionLostException why) {
        lifecycle.drop(link, why);
    }

    /** A broker that does not answer is left. */
    private void unanswered(Link link, String reason) {
        drop(link, Causes.unanswered(link.endpoint(), reason));
    }
}
