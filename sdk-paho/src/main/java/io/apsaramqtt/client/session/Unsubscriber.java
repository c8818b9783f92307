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
    private final TrafficHold hold;
    private final Set<TopicFilter> left = new LinkedHashSet<>();
    /** On the connection, and not answered. */
    private final List<Request> requests = new ArrayList<>();

    /** An UNSUBSCRIBE that was sent, or is held back. */
    private static final class Request {
        final Link link;
        /** 0 until it is sent. */
        int id;
        /** Those that are still not wanted. */
        final Set<TopicFilter> filters;

        final CompletableFuture<Void> result = new CompletableFuture<>();

        Request(Link link, List<TopicFilter> filters) {
            this.link = link;
            this.filters = new LinkedHashSet<>(filters);
        }
    }

    Unsubscriber(ClientRuntime runtime, Guard guard, PacketIds ids, Duration timeout, TrafficHold hold) {
        this.runtime = runtime;
        this.guard = guard;
        this.ids = ids;
        this.timeout = timeout;
        this.hold = hold;
        hold.tell(this::flush);
    }

    /** The filter is to be unsubscribed from on the next connection. */
    void later(TopicFilter filter) {
        left.add(filter);
    }

    /** The filter is subscribed to again after all. */
    void keep(TopicFilter filter) {
        left.remove(filter);
        requests.forEach(request -> request.filters.remove(filter));
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
        Request request = new Request(link, filters);
        requests.add(request);
        Runnable cancel = runtime.after(
                timeout,
                () -> request.result.completeExceptionally(new OperationTimeoutException(
                        "Unsubscribe from '" + filters.get(0) + "' was not acknowledged", timeout)));
        request.result.whenComplete((done, failure) -> cancel.run());
        flush();
        return request.result;
    }

    private void flush() {
        if (!hold.isOn()) {
            requests.stream().filter(request -> request.id == 0).toList().forEach(this::send);
        }
    }

    private void send(Request request) {
        if (request.link.isEnded() || request.filters.isEmpty()) {
            // Nobody answers there, or what was held back is wanted again.
            end(request);
            return;
        }
        request.id = ids.take();
        request.link
                .transport()
                .unsubscribe(request.id, List.copyOf(request.filters))
                .whenComplete((acks, failure) -> guard.run(() -> answered(request, failure)));
    }

    /** It is not answered any more, which counts as done. */
    private void end(Request request) {
        requests.remove(request);
        if (request.id != 0) {
            ids.free(request.id);
        }
        left.addAll(request.filters);
        runtime.execute(() -> request.result.complete(null));
    }

    private void answered(Request request, @Nullable Throwable failure) {
        if (!requests.remove(request)) {
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
        List.copyOf(requests).forEach(this::end);
    }
}
