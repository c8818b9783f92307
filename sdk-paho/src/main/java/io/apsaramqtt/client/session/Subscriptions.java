package io.apsaramqtt.client.session;

import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.PermissionMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client is subscribed to, kept over reconnects. One receiver a filter: subscribing again replaces it. Thread-safe;
 * readers see a whole state, never a half.
 */
final class Subscriptions {

    /** A subscription, who gets its messages, and how it is checked. */
    record Entry(Subscription subscription, Receiver receiver, PermissionMode mode) {

        TopicFilter filter() {
            return subscription.filter();
        }
    }

    private final ServiceRules rules;
    private final GrantedFilters granted = new GrantedFilters();
    private volatile Map<TopicFilter, Entry> entries = Map.of();

    Subscriptions(ServiceRules rules) {
        this.rules = rules;
    }

    /** Adds before the packet is sent, so that no message comes too early; the result takes it back. */
    synchronized Runnable add(Entry entry) {
        rules.requireRoom(entries.keySet(), entry.filter());
        Entry before = entries.get(entry.filter());
        put(entry.filter(), entry);
        return () -> restore(entry, before);
    }

    /** Removes the filter. */
    synchronized void remove(TopicFilter filter) {
        put(filter, null);
    }

    /** Removes the filter, unless it is subscribed to otherwise by now. */
    synchronized void remove(Subscription subscription) {
        Entry entry = entries.get(subscription.filter());
        if (entry != null && entry.subscription().equals(subscription)) {
            put(subscription.filter(), null);
        }
    }

    private synchronized void restore(Entry added, @Nullable Entry before) {
        if (added.equals(entries.get(added.filter()))) {
            put(added.filter(), before);
        }
    }

    private void put(TopicFilter filter, @Nullable Entry entry) {
        Map<TopicFilter, Entry> changed = new LinkedHashMap<>(entries);
        if (entry == null) {
            changed.remove(filter);
        } else {
            changed.put(filter, entry);
        }
        entries = changed;
    }

    /** The one of this filter. */
    Optional<Entry> find(TopicFilter filter) {
        return Optional.ofNullable(entries.get(filter));
    }

    /** All of them, in the order in which they were made. */
    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** Which of them, and of those of before, the broker has granted. */
    GrantedFilters granted() {
        return granted;
    }

    /** Who gets a message of this topic: each receiver once, however many of its filters match. */
    List<Receiver> receivers(TopicName topic) {
        List<Receiver> receivers = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.filter().matches(topic) && !receivers.contains(entry.receiver())) {
                receivers.add(entry.receiver());
            }
        }
        return receivers;
    }
}
