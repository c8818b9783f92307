package io.apsaramqtt.client.session;

import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Filters that wait to be subscribed to, in order; after a loss that one of them may have caused, they leave one at a time.
 * Guarded by the session.
 */
final class SubscribeQueue {

    /** In one packet; some brokers limit it, none below this that is known. */
    private static final int BATCH = 100;

    private final TrafficHold hold;
    private final Deque<SubscribeRequest> waiting = new ArrayDeque<>();
    /** In progress when a connection was lost, and not answered since. */
    private final Set<TopicFilter> suspects = new HashSet<>();

    SubscribeQueue(TrafficHold hold) {
        this.hold = hold;
    }

    void addLast(SubscribeRequest request) {
        waiting.addLast(request);
    }

    /** Before all else, in this order. */
    void addFirst(List<SubscribeRequest> requests) {
        for (int i = requests.size() - 1; i >= 0; i--) {
            waiting.addFirst(requests.get(i));
        }
    }

    /** The filter may be what a connection was lost for. */
    void suspect(SubscribeRequest request) {
        suspects.add(request.subscription.filter());
    }

    /** The filter was answered, or is not asked for any more. */
    void clear(SubscribeRequest request) {
        suspects.remove(request.subscription.filter());
    }

    /** What goes into the next packet; what {@code struck} says has cost a connection goes last. */
    List<SubscribeRequest> next(Instant now, Predicate<SubscribeRequest> struck) {
        waiting.removeIf(request -> request.done);
        boolean careful = waiting.stream().anyMatch(request -> suspects.contains(request.subscription.filter()));
        List<SubscribeRequest> last = waiting.stream().filter(struck).toList();
        waiting.removeIf(struck);
        waiting.addAll(last);
        List<SubscribeRequest> batch = new ArrayList<>();
        while (!hold.isOn() && !waiting.isEmpty() && batch.size() < (careful ? 1 : BATCH)) {
            SubscribeRequest next = waiting.removeFirst();
            next.sentAt = now;
            batch.add(next);
        }
        return batch;
    }

    /** Only calls wait for another connection, and only those that have not ended. */
    void keepCalls() {
        waiting.removeIf(request -> request.done || request.again);
    }

    /** The filter is not to be subscribed to again. */
    void forget(TopicFilter filter) {
        waiting.removeIf(
                request -> request.again && request.subscription.filter().equals(filter));
    }

    boolean holds(Subscription subscription) {
        return waiting.stream().anyMatch(request -> !request.done && request.subscription.equals(subscription));
    }

    Stream<SubscribeRequest> stream() {
        return waiting.stream();
    }
}
