package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.delivery.Undelivered;
import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Ends a connection in order: stop taking, drain, say goodbye, fail what is left. Every step has a time limit. Whoever asks
 * for an end meanwhile joins this one. Guarded by the session, where not said otherwise.
 */
final class Farewell {

    private final SessionParts parts;
    private final Guard guard;
    private final TrafficHold hold;
    private final CompletableFuture<Undelivered> result = new CompletableFuture<>();
    private final CompletableFuture<Void> timeUp = new CompletableFuture<>();
    private Instant deadline = Instant.MAX;
    private boolean forGood;

    Farewell(SessionParts parts, Guard guard, TrafficHold hold) {
        this.parts = parts;
        this.guard = guard;
        this.hold = hold;
    }

    /** Ends within {@code limit} too, and for good if anyone wants it so. */
    void join(Duration limit, boolean wantedForGood) {
        forGood |= wantedForGood;
        Instant end = parts.runtime().clock().instant().plus(limit);
        deadline = end.isBefore(deadline) ? end : deadline;
        Runnable cancel = parts.runtime().after(limit, () -> timeUp.complete(null));
        result.whenComplete((left, failure) -> cancel.run());
    }

    /** Completes at the end, under no lock. */
    CompletableFuture<Undelivered> result() {
        return result.copy();
    }

    /** What the client is in the end. */
    ConnectionState end() {
        return forGood ? ConnectionState.CLOSED : ConnectionState.DISCONNECTED;
    }

    void begin() {
        // On a worker: the loss of the connection ends the drain too, under the lock and in the midst of its own work.
        drained()
                .thenCompose(nothing -> parts.inbound().drain(left()))
                .thenComposeAsync(this::goodbye, parts.runtime()::execute)
                .thenAccept(result::complete);
    }

    private Duration left() {
        Duration left = Duration.between(parts.runtime().clock().instant(), guard.get(() -> deadline));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Nothing drains where no connection is, or is being made. */
    private CompletableFuture<Void> drained() {
        ConnectionState state = parts.lifecycle().state();
        return state == ConnectionState.CONNECTED || state == ConnectionState.RECONNECTING
                ? onWorker(CompletableFuture.anyOf(parts.outbound().whenEmpty(), timeUp))
                : CompletableFuture.completedFuture(null);
    }

    /** Completes on a worker, however the future does. */
    private CompletableFuture<Void> onWorker(CompletableFuture<?> future) {
        return future.handleAsync((done, failure) -> null, parts.runtime()::execute);
    }

    /** On a worker, without the lock. */
    private CompletableFuture<Undelivered> goodbye(List<Message> unhandled) {
        return guard.get(this::leave)
                .map(this::disconnect)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenApply(nothing -> guard.get(() -> over(unhandled)));
    }

    /** From here on nothing leaves but the goodbye: a client sends no packet behind its DISCONNECT (MQTT 5 section 3.14.4). */
    private Optional<Link> leave() {
        Optional<Link> open = parts.lifecycle().leave(end());
        hold.begin();
        return open;
    }

    private Undelivered over(List<Message> unhandled) {
        // Somebody may have wanted it for good only now.
        parts.lifecycle().leave(end());
        List<Message> unacknowledged = parts.outbound().ended(end());
        parts.subscriber().ended();
        parts.unsubscriber().lost();
        hold.end();
        parts.farewellOver();
        return new Undelivered(unacknowledged, unhandled);
    }

    /** Sends DISCONNECT, and frees the connection whether the broker took it or not. */
    private CompletableFuture<Void> disconnect(Link link) {
        CompletableFuture<Void> said = new CompletableFuture<>();
        Runnable cancel =
                parts.runtime().after(parts.settings().timing().operationTimeout(), () -> said.complete(null));
        link.transport().disconnect().whenComplete((done, failure) -> said.complete(null));
        return onWorker(said).thenRun(() -> {
            cancel.run();
            guard.run(link::end);
            link.transport().close();
        });
    }
}
