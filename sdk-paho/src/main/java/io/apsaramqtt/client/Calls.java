package io.apsaramqtt.client;

import io.apsaramqtt.ApsaraMqttException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The two ways a call ends: blocking and throwing, or in a future and never throwing. */
final class Calls {

    private Calls() {}

    /** Waits for the future, which has a time limit of its own, and throws what it failed with. */
    static void await(CompletableFuture<Void> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                // Nobody else holds this future: the exception may tell where it was waited for, not on which worker.
                failure.fillInStackTrace();
                throw failure;
            }
            throw new ApsaraMqttException("Failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApsaraMqttException(
                    "Interrupted while waiting for the broker; what was sent may still arrive", e);
        }
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
