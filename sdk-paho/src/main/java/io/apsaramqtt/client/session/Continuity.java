package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.inbound.Intake;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.transport.Subscription;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Carries a session from one connection to the next. Guarded by the session, where its interface does not say otherwise. */
final class Continuity implements ConnectionOwner {

    private final SessionSettings settings;
    private final ClientRuntime runtime;
    private final Guard guard;
    private final Predicate<Subscriptions.Entry> permitted;
    private final Reception inbound;
    private final Outbound outbound;
    private final Subscriber subscriber;
    private final Unsubscriber unsubscriber;
    private final Healer healer;
    private final BiConsumer<Link, ConnectionLostException> drop;

    /** Asks {@code permitted} without the lock; ends a connection that is no use through {@code drop}. */
    Continuity(
            SessionSettings settings,
            ClientRuntime runtime,
            Guard guard,
            Predicate<Subscriptions.Entry> permitted,
            Reception inbound,
            Outbound outbound,
            Subscriber subscriber,
            Unsubscriber unsubscriber,
            Healer healer,
            BiConsumer<Link, ConnectionLostException> drop) {
        this.settings = settings;
        this.runtime = runtime;
        this.guard = guard;
        this.permitted = permitted;
        this.inbound = inbound;
        this.outbound = outbound;
        this.subscriber = subscriber;
        this.unsubscriber = unsubscriber;
        this.healer = healer;
        this.drop = drop;
    }

    @Override
    public Intake intake(Link link) {
        return inbound.open(id -> link.transport().acknowledge(id), () -> overrun(link));
    }

    /** The listeners did not keep up: this side ends the connection, as it can hold the broker back no longer. */
    private void overrun(Link link) {
        runtime.execute(() -> guard.run(() -> drop.accept(link, Causes.slowListeners(link.endpoint()))));
    }

    @Override
    public void publishReceived(Link link, int packetId) {
        guard.run(() -> outbound.ledger().released(link, packetId));
    }

    @Override
    public List<Subscription> wanted() {
        return guard.get(() -> healer.trusted(runtime.clock().instant())).stream()
                .filter(permitted)
                .map(Subscriptions.Entry::subscription)
                .toList();
    }

    @Override
    public void restore(Link link, List<Subscription> wanted, Runnable restored) {
        subscriber.opened(link, wanted, restored);
    }

    @Override
    public void ready(Link link) {
        unsubscriber.opened(link);
        outbound.ledger().opened(link, Math.min(settings.flow().window(), link.receiveMaximum()));
    }

    @Override
    public Lost lost(Link link, ConnectionLostException loss) {
        unsubscriber.lost();
        return healer.lost(link, loss, !settings.kept().clean(), runtime.clock().instant());
    }

    @Override
    public void abandon(ApsaraMqttException why) {
        outbound.fail(publication -> true, why);
        subscriber.fail(filter -> true, why);
    }
}
