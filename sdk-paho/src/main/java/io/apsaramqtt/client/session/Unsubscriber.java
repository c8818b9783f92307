package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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
    /** On the connection, and not answered. */
    private final List<Request> sent = new ArrayList<>();

    /** An UNSUBSCRIBE that was sent. */
    private static final class Request {
        final int id;
        /** Those that are still not wanted. */
        final Set<TopicFilter> filters;

        final CompletableFuture<Void> result = new CompletableFuture<>();

        Request(int id, List<TopicFilter> filters) {
            this.id = id;
            this.filters = new LinkedHashSet<>(filters);
        }
    }

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
        sent.forEach(request -> request.filters.remove(filter));
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
        Request request = new Request(ids.take(), filters);
        sent.add(request);
        Runnable cancel = runtime.after(
                timeout,
                () -> request.result.completeExceptionally(new OperationTimeoutException(
                        "Unsubscribe from '" + filters.get(0) + "' was not acknowledged", timeout)));
        request.result.whenComplete((done, failure) -> cancel.run());
        link.transport()
                .unsubscribe(request.id, filters)
                .whenComplete((acks, failure) -> guard.run(() -> answered(request, failure)));
        return request.result;
    }

    private void answered(Request request, @Nullable Throwable failure) {
        if (!sent.remove(request)) {
            return;
        }
        ids.free(request.id);
        if (failure != null) {
            left.addAll(request.filters);
        }
        boolean lost = failure != null && Failures.unwrap(failure) instanceof ConnectionLostException;
        runtime.execute(() -> {
            if (failure == null || lost) {
                request.result.complete(null);
            } else {
                request.result.completeExceptionally(Failures.unchecked(failure));
            }
        });
    }

    /** The connection is gone, and nothing on it is answered any more. */
    void lost() {
        for (Request request : sent) {
            ids.free(request.id);
            left.addAll(request.filters);
            runtime.execute(() -> request.result.complete(null));
        }
        sent.clear();
    }
}
