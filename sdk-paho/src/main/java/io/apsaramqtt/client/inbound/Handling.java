package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerGate;
import io.apsaramqtt.client.runtime.ClientRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One receiver's work on one message: its attempts and, where all fail, the dead letter.
 *
 * <p>Acknowledging is thread-safe; {@link #proceed()} is called by one thread at a time.
 */
final class Handling implements Acknowledgment {

    private static final Logger log = LoggerFactory.getLogger(Handling.class);

    private final Delivery delivery;
    private final Receiver receiver;
    private final DeadLetters deadLetters;
    private final ClientRuntime runtime;
    private final Counters counters;
    private final AtomicBoolean acknowledged = new AtomicBoolean();
    private int attempts;
    private boolean over;
    private @Nullable CompletableFuture<?> pause;

    Handling(Delivery delivery, Receiver receiver, DeadLetters deadLetters, ClientRuntime runtime, Counters counters) {
        this.delivery = delivery;
        this.receiver = receiver;
        this.deadLetters = deadLetters;
        this.runtime = runtime;
        this.counters = counters;
    }

    @Override
    public void acknowledge() {
        if (acknowledged.compareAndSet(false, true)) {
            delivery.acknowledgedByOne();
        }
    }

    /** Makes the next attempt if it is due. Returns what completes when there is more to do, null when there is nothing. */
    @Nullable
    CompletableFuture<?> proceed() {
        if (pause == null || pause.isDone()) {
            pause = over ? null : throughGate();
        }
        return pause;
    }

    private @Nullable CompletableFuture<?> throughGate() {
        ListenerGate gate = receiver.options().gate().orElse(null);
        if (gate == null) {
            return attempt();
        }
        CompletableFuture<?> closed = gate.enter();
        if (closed != null) {
            return closed;
        }
        try {
            return attempt();
        } finally {
            gate.leave();
        }
    }

    private @Nullable CompletableFuture<?> attempt() {
        if (acknowledged.get()) {
            return delivered();
        }
        attempts++;
        Throwable failure = call();
        if (failure == null) {
            return delivered();
        }
        return acknowledged.get() || attempts >= receiver.options().attempts() ? fail(failure) : retry(failure);
    }

    private @Nullable Throwable call() {
        try {
            receiver.give(delivery.message(), this);
            return null;
        } catch (Throwable e) {
            return e;
        } finally {
            // An interruption meant this call; the flag must not end the wait of whichever listener comes next.
            Thread.interrupted();
        }
    }

    private @Nullable CompletableFuture<?> delivered() {
        over = true;
        counters.delivered.increment();
        return null;
    }

    private CompletableFuture<?> retry(Throwable failure) {
        Duration delay = receiver.options().delayBefore(attempts + 1);
        log.warn(
                "Listener failed on a message of topic [{}], attempt {} of {}; tried again in {} ms: {}",
                delivery.topic(),
                attempts,
                receiver.options().attempts(),
                delay.toMillis(),
                failure.toString());
        CompletableFuture<Void> due = new CompletableFuture<>();
        runtime.after(delay, () -> due.complete(null));
        return due;
    }

    private @Nullable CompletableFuture<?> fail(Throwable failure) {
        over = true;
        counters.failed.increment();
        if (acknowledged.get()) {
            log.error("Listener failed on a message of topic [{}] that it had acknowledged", delivery.topic(), failure);
            return null;
        }
        CompletableFuture<Void> taken = deadLetters
                .take(delivery.message(), failure, receiver.options())
                .thenRun(this::acknowledge);
        return taken.isDone() ? null : taken;
    }
}
