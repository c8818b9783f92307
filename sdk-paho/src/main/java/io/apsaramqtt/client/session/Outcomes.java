package io.apsaramqtt.client.session;

import java.util.concurrent.CompletableFuture;

/** How a call ends. */
final class Outcomes {

    private Outcomes() {}

    /** The same future, whose callbacks get a failure as it is, not wrapped in a CompletionException. */
    static CompletableFuture<Void> plain(CompletableFuture<Void> future) {
        CompletableFuture<Void> plain = new CompletableFuture<>();
        future.whenComplete((done, failure) -> {
            if (failure == null) {
                plain.complete(null);
            } else {
                plain.completeExceptionally(Failures.unwrap(failure));
            }
        });
        return plain;
    }
}
