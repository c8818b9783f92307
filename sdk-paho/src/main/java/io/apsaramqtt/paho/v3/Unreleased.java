package io.apsaramqtt.paho.v3;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 2 that one client has received and not handed on, kept from one of its connections to the next. Paho
 * hands one on when its sender releases it, which may happen on a later connection than the one that it came on.
 *
 * <p>Only the newest connection gets at them. A thread of an older one may still be about to hand a message on when the next
 * connection takes over: either it took the message before, and the next does not find it, or it comes too late.
 *
 * <p>Thread-safe.
 */
final class Unreleased {

    private final Map<Integer, MqttPersistable> messages = new LinkedHashMap<>();
    private @Nullable PahoMemory newest;

    /** From now on {@code next} alone gets at them. */
    synchronized void handOver(PahoMemory next) {
        newest = next;
    }

    synchronized void put(PahoMemory by, int packetId, MqttPersistable message) {
        if (by == newest) {
            messages.put(packetId, message);
        }
    }

    /** Whether the message is to be handed on: it is here, and from now on is not. */
    synchronized boolean take(PahoMemory by, int packetId) {
        return by == newest && messages.remove(packetId) != null;
    }

    synchronized List<Integer> packetIds() {
        return new ArrayList<>(messages.keySet());
    }

    synchronized @Nullable MqttPersistable get(int packetId) {
        return messages.get(packetId);
    }
}
