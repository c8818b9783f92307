package io.apsaramqtt.paho.v5;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 2 that one client has received and whose sender has not released them, kept from one of its connections
 * to the next. Paho hands a message on when it comes, without a look whether it came before: one that comes again before its
 * PUBREL is the same. Paho also drops what it has not handed on when the connection is lost, though its PUBREC may be
 * sent: the next connection hands it on.
 *
 * <p>A message is known by its properties: Paho makes the rest of it anew for whom it hands it on to. Only the newest
 * connection gets at the messages. A thread of an older one may still be about to hand one on when the next connection takes
 * over: either it took the message before, and the next does not find it, or it comes too late.
 *
 * <p>Thread-safe.
 */
final class Unreleased {

    private final Set<Integer> received = new HashSet<>();
    private final Map<Mark, MqttPublish> waiting = new LinkedHashMap<>();
    private @Nullable PahoMemory newest;

    /** A message as Paho hands it on. */
    private record Mark(MqttProperties properties) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Mark that && properties == that.properties;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(properties);
        }
    }

    /** From now on {@code next} alone gets at them. */
    synchronized void handOver(PahoMemory next) {
        newest = next;
    }

    synchronized void put(PahoMemory by, MqttPublish message) {
        if (by == newest && received.add(message.getMessageId())) {
            waiting.put(new Mark(message.getProperties()), message);
        }
    }

    /** Whether the message with these properties is to be handed on: it came for the first time, and was not yet. */
    synchronized boolean take(PahoMemory by, MqttProperties properties) {
        return by == newest && waiting.remove(new Mark(properties)) != null;
    }

    /** What was not handed on, in the order in which it came. */
    synchronized List<MqttPublish> waiting() {
        return new ArrayList<>(waiting.values());
    }

    /** The sender released it: a message that comes with this packet identifier is a new one. False if it is unknown. */
    synchronized boolean release(PahoMemory by, int packetId) {
        return by == newest && received.remove(packetId);
    }

    /** The broker knows nothing of them. */
    synchronized void forget(PahoMemory by) {
        if (by == newest) {
            received.clear();
            waiting.clear();
        }
    }
}
