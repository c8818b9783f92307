package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.permission.Operation;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A filter to be subscribed to, until the broker has answered. Guarded by the session. */
final class SubscribeRequest {

    final Subscription subscription;
    /** Of a call; nobody waits for it where the filter is only subscribed to again. */
    final CompletableFuture<Void> result = new CompletableFuture<>();

    final boolean again;
    /** Undoes the entry in the registry. */
    final Runnable takeBack;

    Runnable cancelDeadline = () -> {};
    boolean done;
    /** How the last connection that carried it was lost. */
    @Nullable
    ConnectionLostException lastLoss;

    Instant sentAt = Instant.MIN;

    SubscribeRequest(Subscription subscription, boolean again, Runnable takeBack) {
        this.subscription = subscription;
        this.again = again;
        this.takeBack = takeBack;
    }

    String filter() {
        return subscription.filter().value();
    }

    Activity activity() {
        return new Activity(Operation.SUBSCRIBE, filter(), sentAt);
    }
}
