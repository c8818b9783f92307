package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One open connection: gives every call a time limit and fails what is pending when the connection is lost. Thread-safe.
 */
final class Connection {

    private final Transport transport;
    private final SessionRuntime runtime;
    private final Duration timeout;
    private final Window window;
    private final boolean sessionPresent;
    private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ConnectionLostException loss;

    Connection(Transport transport, ConnectAck ack, int window, Duration timeout, SessionRuntime runtime) {
        this.transport = transport;
        this.runtime = runtime;
        this.timeout = timeout;
        this.window = new Window(Math.min(window, ack.receiveMaximum()));
        this.sessionPresent = ack.sessionPresent();
    }

    boolean sessionPresent() {
        return sessionPresent;
    }

    /** Blocks up to the time limit where the window is full; all else comes through the future. */
    CompletableFuture<Void> publish(Message message) {
        try {
            switch (window.acquire(timeout)) {
                case TIMED_OUT ->
                    throw new OperationTimeoutException(
                            "Publish to '" + message.topic() + "' found no room in the window of " + window.size()
                                    + " unacknowledged messages; nothing was sent",
                            timeout);
                case CLOSED -> throw lost();
                case ADMITTED -> {}
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApsaraMqttException(
                    "Interrupted while publish to '" + message.topic() + "' waited for room; nothing was sent", e);
        }
        CompletableFuture<Ack> sent = transport.publish(message);
        // Room is given back when the broker has answered, not when we stopped waiting: the message still takes it up.
        sent.whenComplete((ack, failure) -> window.release());
        return outcome(
                await(sent, () -> "Publish to '" + message.topic() + "' was not acknowledged"),
                ack -> requireAccepted(ack, Operation.PUBLISH, message.topic().value()));
    }

    CompletableFuture<List<Ack>> subscribe(List<Subscription> subscriptions) {
        return await(
                transport.subscribe(subscriptions), () -> "Subscribe to " + subscriptions + " was not acknowledged");
    }

    CompletableFuture<Void> unsubscribe(TopicFilter filter) {
        return await(
                transport.unsubscribe(List.of(filter)), () -> "Unsubscribe from '" + filter + "' was not acknowledged");
    }

    static void requireAccepted(Ack ack, Operation operation, String topic) {
        if (ack.isRefused()) {
            throw new OperationRefusedException(operation, topic, ack.code(), ack.reason());
        }
    }

    /** A call that the broker has not answered, and what to say if it never does. */
    private record Pending(CompletableFuture<?> result, Supplier<String> unanswered) {

        void lost(ConnectionLostException loss) {
            OptionalInt code = loss.reasonCode();
            result.completeExceptionally(new ConnectionLostException(
                    unanswered.get() + ". " + loss.getMessage(), code.isPresent() ? code.getAsInt() : null, loss));
        }
    }

    /** The same answer on a worker, so that no user code runs on the engine's threads; fails in time, or with the loss. */
    private <T> CompletableFuture<T> await(CompletableFuture<T> answer, Supplier<String> unanswered) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Pending entry = new Pending(result, unanswered);
        pending.add(entry);
        Runnable cancel = runtime.after(
                timeout, () -> result.completeExceptionally(new OperationTimeoutException(unanswered.get(), timeout)));
        answer.whenComplete((value, failure) -> runtime.workers().execute(() -> {
            if (failure == null) {
                result.complete(value);
            } else if (!(unwrap(failure) instanceof ConnectionLostException)) {
                result.completeExceptionally(unwrap(failure));
            }
            // Else the engine is about to tell how the connection was lost, and lost() fails the result with that.
        }));
        loss().ifPresent(entry::lost);
        result.whenComplete((value, failure) -> {
            cancel.run();
            pending.remove(entry);
        });
        return result;
    }

    /** Fails what is pending. Called once, on a worker. */
    void lost(ConnectionLostException cause) {
        loss = cause;
        window.close();
        pending.forEach(entry -> entry.lost(cause));
    }

    /** How the connection was lost, if it was. */
    Optional<ConnectionLostException> loss() {
        return Optional.ofNullable(loss);
    }

    private ConnectionLostException lost() {
        ConnectionLostException known = loss;
        return known == null ? new ConnectionLostException("The connection is closing", null, null) : known;
    }

    /** Takes nothing more, waits up to the time limit for what is pending, says goodbye and frees all. Blocks. */
    void close() {
        window.close();
        waitFor(CompletableFuture.allOf(pending.stream().map(Pending::result).toArray(CompletableFuture<?>[]::new)));
        waitFor(transport.disconnect());
        transport.close();
        lost(new ConnectionLostException("The client was closed before the broker acknowledged", null, null));
    }

    /** Frees all at once. Blocks shortly. */
    void discard() {
        transport.close();
    }

    private void waitFor(CompletableFuture<?> future) {
        CompletableFuture<?> bounded = future.handle((value, failure) -> true);
        Runnable cancel = runtime.after(timeout, () -> bounded.cancel(false));
        bounded.handle((value, failure) -> true).join();
        cancel.run();
    }

    /**
     * Completes as {@code answer} does, or fails with what {@code read} throws at it. Unlike a stage that hangs on it, its
     * callbacks get the failure as it is, not wrapped in a CompletionException.
     */
    static <T> CompletableFuture<Void> outcome(CompletableFuture<T> answer, Consumer<? super T> read) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        answer.thenAccept(read).whenComplete((done, failure) -> {
            if (failure == null) {
                outcome.complete(null);
            } else {
                outcome.completeExceptionally(unwrap(failure));
            }
        });
        return outcome;
    }

    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
