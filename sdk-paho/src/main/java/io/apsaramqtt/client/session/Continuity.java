package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.inbound.Intake;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.mqtt.Message;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable TokenRotation rotation;
    private final BiConsumer<Link, ConnectionLostException> drop;

    /**
     * {@code rotation} is null but in token mode. Asks {@code permitted} without the lock; ends a connection that is no use
     * through {@code drop}.
     */
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
            @Nullable TokenRotation rotation,
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
        this.rotation = rotation;
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
    public boolean isNotice(Link link, Message message) {
        return rotation != null && rotation.isNotice(link, message);
    }

    @Override
    public List<Subscription> wanted(boolean sessionKept) {
        return guard.get(() -> healer.missing(runtime.clock().instant(), sessionKept)).stream()
                .filter(permitted)
                .map(Subscriptions.Entry::subscription)
                .toList();
    }

    @Override
    public void restore(Link link, List<Subscription> wanted, Runnable restored) {
        if (!link.sessionPresent()) {
            // At once: this connection may be lost before it is ready, and the next one finds the session that began
            // here.
            outbound.ledger().forgetSession();
        }
        subscriber.opened(link, wanted, restored);
    }

    @Override
    public void ready(Link link) {
        unsubscriber.opened(link);
        outbound.ledger().opened(link, Math.min(settings.flow().window(), link.receiveMaximum()));
        if (rotation != null) {
            rotation.opened(link);
        }
    }

    @Override
    public Lost lost(Link link, ConnectionLostException loss) {
        unsubscriber.lost();
        Instant now = runtime.clock().instant();
        if (rotation != null) {
            rotation.losing(link, now);
        }
        Lost lost = healer.lost(link, loss, !settings.kept().clean(), now);
        if (rotation != null) {
            rotation.lost(link);
        }
        return lost;
    }

    @Override
    public void notConnected(Throwable failure) {
        if (rotation != null) {
            rotation.notConnected(failure);
        }
    }

    @Override
    public void leaving() {
        if (rotation != null) {
            rotation.stop();
        }
    }

    @Override
    public void abandon(ApsaraMqttException why) {
        outbound.fail(publication -> true, why);
        subscriber.fail(filter -> true, why);
    }
}
