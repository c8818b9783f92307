package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.transport.TransportListener;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.eclipse.paho.mqttv5.client.MqttClientPersistence;
import org.eclipse.paho.mqttv5.common.MqttPersistable;
import org.eclipse.paho.mqttv5.common.MqttPersistenceException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Paho wants to be kept, on one connection. Kept are the messages of QoS 2 that came; those that were sent belong to the
 * session, and Paho must not find them, or it would send them again beside it. That a PUBREL is to be kept tells that a
 * PUBREC came.
 */
final class PahoMemory implements MqttClientPersistence {

    private static final Logger log = LoggerFactory.getLogger(PahoMemory.class);
    private static final String RECEIVED = "r-";
    private static final String SENT = "s-";
    private static final String CONFIRMED = "sc-";

    private final Unreleased unreleased;
    private final TransportListener listener;
    private final Set<Integer> sent = ConcurrentHashMap.newKeySet();
    private volatile IntConsumer released = packetId -> {};
    private volatile List<MqttPublish> left = List.of();

    PahoMemory(Unreleased unreleased, TransportListener listener) {
        this.unreleased = unreleased;
        this.listener = listener;
        unreleased.handOver(this);
    }

    /** Who is told the packet identifier of each message that was released, on Paho's receiver. */
    void onReleased(IntConsumer told) {
        released = told;
    }

    /** Whether the message with these properties is to be handed on now; false if it came before. */
    boolean take(MqttProperties properties) {
        return unreleased.take(this, properties);
    }

    /** What earlier connections received and did not hand on. */
    List<MqttPublish> left() {
        return left;
    }

    /** The connection stands, and nothing further was read yet. Without a session at the broker all is forgotten. */
    void begin(boolean sessionPresent) {
        if (sessionPresent) {
            left = unreleased.waiting();
        } else {
            unreleased.forget(this);
        }
    }

    @Override
    public void put(String key, MqttPersistable packet) throws MqttPersistenceException {
        if (key.startsWith(RECEIVED) && packet instanceof MqttPublish message) {
            unreleased.put(this, message);
        } else if (key.startsWith(SENT)) {
            sent.add(packetId(key, SENT));
        } else if (key.startsWith(CONFIRMED) && !(packet instanceof Packets.Release)) {
            confirmed(packetId(key, CONFIRMED));
        }
    }

    private void confirmed(int packetId) throws MqttPersistenceException {
        if (!sent.contains(packetId)) {
            // Paho is about to answer with a PUBREL that has no token, over which its receiver dies.
            throw new MqttPersistenceException(
                    new IllegalStateException("PUBREC for packet [" + packetId + "], which was not sent"));
        }
        try {
            listener.publishReceived(packetId);
        } catch (RuntimeException e) {
            log.error("PUBREC [{}] not taken", packetId, e);
        }
    }

    @Override
    public void remove(String key) {
        if (key.startsWith(RECEIVED)) {
            int packetId = packetId(key, RECEIVED);
            if (unreleased.release(this, packetId)) {
                released.accept(packetId);
            }
        } else if (key.startsWith(SENT)) {
            sent.remove(packetId(key, SENT));
        }
    }

    private static int packetId(String key, String prefix) {
        return Integer.parseInt(key.substring(prefix.length()));
    }

    @Override
    public @Nullable MqttPersistable get(String key) {
        return null;
    }

    @Override
    public boolean containsKey(String key) {
        return false;
    }

    @Override
    public Enumeration<String> keys() {
        // Paho would keep what it finds and never look at it.
        return Collections.emptyEnumeration();
    }

    @Override
    public void clear() {
        // Paho's word for a clean session. What the broker says of its session decides.
    }

    @Override
    public void open(String clientId) {
        // It is open.
    }

    @Override
    public void close() {
        // The next connection needs it.
    }
}
