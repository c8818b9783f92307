package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.MessageListener;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.PermissionMode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client is subscribed to, kept over reconnects. One listener a filter: subscribing again replaces it. Thread-safe;
 * readers see a whole state, never a half.
 */
final class Subscriptions {

    /** A subscription, who gets its messages, and how it is checked. */
    record Entry(Subscription subscription, MessageListener listener, PermissionMode mode) {}

    private final ServiceRules rules;
    private volatile Map<TopicFilter, Entry> entries = Map.of();

    Subscriptions(ServiceRules rules) {
        this.rules = rules;
    }

    /** Adds before the packet is sent, so that no message comes too early; the result takes it back. */
    synchronized Runnable add(TopicFilter filter, Qos qos, MessageListener listener, PermissionMode mode) {
        rules.requireRoom(entries.keySet(), filter);
        Entry before = entries.get(filter);
        Entry entry = new Entry(new Subscription(filter, qos), listener, mode);
        put(filter, entry);
        return () -> restore(filter, entry, before);
    }

    /** Removes the filter. */
    synchronized void remove(TopicFilter filter) {
        put(filter, null);
    }

    private synchronized void restore(TopicFilter filter, Entry added, @Nullable Entry before) {
        if (added.equals(entries.get(filter))) {
            put(filter, before);
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

    /** All of them, in the order in which they were made. */
    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** Who gets a message of this topic: each listener once, however many of its filters match. */
    Set<MessageListener> listeners(TopicName topic) {
        Set<MessageListener> listeners = new LinkedHashSet<>();
        for (Entry entry : entries.values()) {
            if (entry.subscription().filter().matches(topic)) {
                listeners.add(entry.listener());
            }
        }
        return listeners;
    }
}
