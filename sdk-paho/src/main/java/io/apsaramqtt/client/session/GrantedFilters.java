package io.apsaramqtt.client.session;

import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the broker has granted in its session, as far as this side knows. Written by the session alone; thread-safe. */
final class GrantedFilters {

    private final Map<TopicFilter, Qos> granted = new ConcurrentHashMap<>();

    /** The broker answered with a code that is no refusal: the granted quality of service. */
    void add(TopicFilter filter, Ack answer) {
        granted.put(filter, Qos.of(Math.min(answer.code(), Qos.EXACTLY_ONCE.code())));
    }

    /** Whether it was there. */
    boolean remove(TopicFilter filter) {
        return granted.remove(filter) != null;
    }

    boolean contains(TopicFilter filter) {
        return granted.containsKey(filter);
    }

    Optional<Qos> qos(TopicFilter filter) {
        return Optional.ofNullable(granted.get(filter));
    }

    void clear() {
        granted.clear();
    }
}
