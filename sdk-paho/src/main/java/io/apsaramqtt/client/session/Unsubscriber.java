package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Unsubscribes. What a lost connection leaves undone is done on the next one, if the broker still knows the subscription: a
 * kept session would deliver for ever what nobody wants (service page "FAQ about messages", question 4). Guarded by the session.
 */
final class Unsubscriber {

    private final ClientRuntime runtime;
    private final Guard guard;
    private final PacketIds ids;
    private final Duration timeout;
    private final Set<TopicFilter> left = new LinkedHashSet<>();

    Unsubscriber(ClientRuntime runtime, Guard guard, PacketIds ids, Duration timeout) {
        this.runtime = runtime;
        this.guard = guard;
        this.ids = ids;
        this.timeout = timeout;
    }

    /** The filter is to be unsubscribed from on the next connection. */
    void later(TopicFilter filter) {
        left.add(filter);
    }

    /** The filter is subscribed to again after all. */
    void keep(TopicFilter filter) {
        left.remove(filter);
    }

    /** A connection is there: does what was left. */
    void opened(Link link) {
        List<TopicFilter> filters = List.copyOf(left);
        left.clear();
        if (link.sessionPresent() && !filters.isEmpty()) {
            unsubscribe(link, filters);
        }
    }

    /** Unsubscribes in one packet; a loss counts as done. */
    CompletableFuture<Void> unsubscribe(Link link, List<TopicFilter> filters) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        int id = ids.take();
        Runnable cancel = runtime.after(
                timeout,
                () -> result.completeExceptionally(new OperationTimeoutException(
                        "Unsubscribe from '" + filters.get(0) + "' was not acknowledged", timeout)));
        link.transport().unsubscribe(id, filters).whenComplete((acks, failure) -> {
            cancel.run();
            guard.run(() -> {
                ids.free(id);
                if (failure != null) {
                    left.addAll(filters);
                }
            });
            boolean lost = failure != null && Failures.unwrap(failure) instanceof ConnectionLostException;
            runtime.execute(() -> {
                if (failure == null || lost) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(Failures.unchecked(failure));
                }
            });
        });
        return result;
    }
}
