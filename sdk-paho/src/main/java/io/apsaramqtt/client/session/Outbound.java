package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.client.delivery.FlowControl.WhenFull;
import io.apsaramqtt.client.delivery.QueueFullException;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.permission.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes messages, sends them, and says how each ended. Guarded by the session. */
final class Outbound implements Publisher {

    private final SessionSettings settings;
    private final ClientRuntime runtime;
    private final Guard guard;
    private final Suspicion suspicion;
    private final Refusals refusals;
    private final Counters counters;
    private final Ledger ledger;
    private final Duration patience;
    /** Completes when nothing is pending; what is accepted after that is for the next one, whenever this one is told. */
    private CompletableFuture<Void> empty = new CompletableFuture<>();

    Outbound(
            SessionSettings settings,
            ClientRuntime runtime,
            Guard guard,
            PacketIds ids,
            Suspicion suspicion,
            Refusals refusals,
            Counters counters,
            TrafficHold hold) {
        this.settings = settings;
        this.runtime = runtime;
        this.guard = guard;
        this.suspicion = suspicion;
        this.refusals = refusals;
        this.counters = counters;
        this.ledger = new Ledger(ids, settings.flow().window(), this, hold);
        SessionSettings.Timing timing = settings.timing();
        this.patience = timing.operationTimeout().compareTo(timing.deliveryTimeout()) < 0
                ? timing.operationTimeout()
                : timing.deliveryTimeout();
    }

    Ledger ledger() {
        return ledger;
    }

    /** Whether {@code message} is taken or turned away now, rather than made to wait. */
    boolean isDecided(Message message, ConnectionState state) {
        FlowControl control = settings.flow().control();
        return state != ConnectionState.CONNECTED
                || control.whenFull() != WhenFull.BLOCK
                || ledger.size() < ledger.window()
                || suspicion
                        .quarantine(Operation.PUBLISH, message.topic().value(), now())
                        .isPresent();
    }

    /** Takes the message, or throws why not. */
    CompletableFuture<Void> accept(Message message, ConnectionState state) {
        String topic = message.topic().value();
        suspicion.quarantine(Operation.PUBLISH, topic, now()).ifPresent(reason -> {
            throw reason;
        });
        requireRoom(message, state);
        Publication publication = new Publication(message);
        Duration limit = settings.timing().deliveryTimeout();
        publication.cancelDeadline = runtime.after(limit, () -> guard.run(() -> expired(publication, limit)));
        counters.accepted.increment();
        ledger.accept(publication);
        return publication.result;
    }

    private void requireRoom(Message message, ConnectionState state) {
        FlowControl control = settings.flow().control();
        String topic = message.topic().value();
        boolean connected = state == ConnectionState.CONNECTED;
        boolean reconnecting = state == ConnectionState.RECONNECTING && control.queuedWhileDisconnected();
        if (!connected && !reconnecting) {
            throw new NotConnectedException("publish to '" + topic + "'", state);
        }
        if (connected && ledger.size() < ledger.window()) {
            return;
        }
        if (connected && control.whenFull() != WhenFull.QUEUE) {
            throw new QueueFullException(topic, "window", ledger.size());
        }
        if (ledger.waiting().size() >= control.queueMessages()
                || ledger.waiting().bytes() + message.payloadLength() > control.queueBytes()) {
            throw new QueueFullException(topic, "queue", ledger.waiting().size());
        }
    }

    private void expired(Publication publication, Duration limit) {
        if (publication.stage == Publication.Stage.DONE) {
            return;
        }
        String topic = publication.topic();
        boolean sent = publication.stage != Publication.Stage.NEW;
        OperationTimeoutException failure = new OperationTimeoutException(
                "Publish to '" + topic + (sent ? "' was not acknowledged" : "' found no connection or no room"),
                limit,
                publication.lastLoss);
        ledger.expired(publication, failure);
        guard.changed();
        leaveIfSilent(publication);
    }

    /** A broker that does not answer what it was given long enough is left; it may have been given it only just now. */
    private void leaveIfSilent(Publication publication) {
        Link on = publication.sentOn;
        if (on == null || !ledger.isUnanswered(publication, on)) {
            return;
        }
        Duration silent = Duration.between(publication.sentAt, now());
        if (silent.compareTo(patience) < 0) {
            runtime.after(patience.minus(silent), () -> guard.run(() -> leaveIfSilent(publication)));
        } else {
            refusals.unanswered(on, "the broker has not acknowledged a message within " + silent.toMillis() + " ms");
        }
    }

    @Override
    public boolean isStruck(Publication publication) {
        return suspicion.isStruck(Operation.PUBLISH, publication.topic());
    }

    @Override
    public Instant now() {
        return runtime.clock().instant();
    }

    @Override
    public void send(Publication publication, Link link) {
        CompletableFuture<Ack> answer = switch (publication.stage) {
            case RELEASED, LET_GO -> link.transport().release(publication.packetId);
            default ->
                link.transport()
                        .publish(
                                publication.packetId, publication.stage == Publication.Stage.SENT, publication.message);
        };
        if (!publication.isAcknowledged()) {
            suspicion.sent(new Activity(Operation.PUBLISH, publication.topic(), publication.sentAt));
        }
        answer.whenComplete((ack, failure) -> guard.run(() -> answered(publication, link, ack, failure)));
        if (publication.abandoned) {
            runtime.after(patience, () -> guard.run(() -> leaveIfSilent(publication)));
        }
    }

    private void answered(Publication publication, Link link, @Nullable Ack ack, @Nullable Throwable failure) {
        if (ack != null) {
            ledger.answered(publication, link, isRefusal(publication, ack) ? refused(publication, ack) : null);
        } else if (failure != null && !(Failures.unwrap(failure) instanceof ConnectionLostException)) {
            ledger.answered(publication, link, Failures.unchecked(failure));
        }
        // Else the engine is about to tell how the connection was lost, and the ledger keeps the message until then.
    }

    /**
     * A PUBCOMP whose identifier the broker does not know answers a PUBREL that was sent again, where the first PUBCOMP was
     * lost: the message had been completed (MQTT 5 section 4.3.3).
     */
    private static boolean isRefusal(Publication publication, Ack ack) {
        boolean released =
                publication.message.qos() == Qos.EXACTLY_ONCE && ack.code() == ReasonCodes.PACKET_IDENTIFIER_NOT_FOUND;
        return ack.isRefused() && !released;
    }

    private RuntimeException refused(Publication publication, Ack ack) {
        refusals.refused(Operation.PUBLISH, publication.topic(), ack.code());
        return new OperationRefusedException(Operation.PUBLISH, publication.topic(), ack.code(), ack.reason());
    }

    @Override
    public void done(Publication publication, @Nullable RuntimeException failure) {
        publication.cancelDeadline.run();
        if (failure == null) {
            if (publication.isAcknowledged()) {
                suspicion.cleared(Operation.PUBLISH, publication.topic());
            }
            counters.acknowledged.increment();
        }
        tell(publication, failure);
        if (ledger.size() == 0) {
            CompletableFuture<Void> told = empty;
            empty = new CompletableFuture<>();
            runtime.execute(() -> told.complete(null));
        }
        guard.changed();
    }

    /** Once: an expired message ends twice, and what is told in two tasks may come in either order. */
    private void tell(Publication publication, @Nullable RuntimeException failure) {
        if (publication.told) {
            return;
        }
        publication.told = true;
        if (failure == null) {
            runtime.execute(() -> publication.result.complete(null));
        } else {
            runtime.execute(() -> publication.result.completeExceptionally(failure));
        }
    }

    /** Completes when nothing that was accepted is pending. */
    CompletableFuture<Void> whenEmpty() {
        return ledger.size() == 0 ? CompletableFuture.completedFuture(null) : empty;
    }

    /** Fails those that {@code which} picks and drops their packets. */
    void fail(Predicate<Publication> which, ApsaraMqttException failure) {
        ledger.fail(which, publication -> failure);
    }

    /** This side ended the connection, and is {@code state} now: returns what it left undone. */
    List<Message> ended(ConnectionState state) {
        return ledger.fail(
                publication -> true,
                publication -> publication.sentOn == null
                        ? new NotConnectedException("publish to '" + publication.topic() + "'", state)
                        : Failures.endedBefore("Publish to '" + publication.topic() + "'", publication.lastLoss));
    }
}
