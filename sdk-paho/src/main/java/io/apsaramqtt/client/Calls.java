package io.apsaramqtt.client;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The two ways a call ends: blocking and throwing, or in a future and never throwing. */
final class Calls {

    private Calls() {}

    /** Waits for the future, which has a time limit of its own, and throws what it failed with. */
    static void await(CompletableFuture<Void> future) {
        value(future.thenApply(nothing -> true));
    }

    /** What the future, which has a time limit of its own, completes with; throws what it failed with. */
    static <T> T value(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw thrown(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits for the future up to {@code limit}; {@code notDone} says what it did not do in time. */
    static void await(CompletableFuture<Void> future, Duration limit, String notDone) {
        try {
            future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw thrown(e);
        } catch (TimeoutException e) {
            throw new OperationTimeoutException(notDone, limit);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RuntimeException thrown(ExecutionException e) {
        Throwable cause = unwrap(e.getCause() == null ? e : e.getCause());
        if (cause instanceof RuntimeException failure) {
            // Nobody else holds this future: the exception may tell where it was waited for, not on which worker.
            failure.fillInStackTrace();
            return failure;
        }
        return new ApsaraMqttException("Failed: " + cause, cause);
    }

    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }

    private static RuntimeException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ApsaraMqttException("Interrupted while waiting for the broker; what was sent may still arrive", e);
    }

    /** What {@code call} returns, or a future failed with what it throws. */
    static CompletableFuture<Void> async(Supplier<CompletableFuture<Void>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
