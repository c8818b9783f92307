package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.transport.TransportListener;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
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
    private static final String CONFIRMED = "sc-";

    private final Unreleased unreleased;
    private final TransportListener listener;

    PahoMemory(Unreleased unreleased, TransportListener listener) {
        this.unreleased = unreleased;
        this.listener = listener;
        unreleased.handOver(this);
    }

    /** Whether the message is to be handed on now; false if a later connection does that, or has done. */
    boolean take(int packetId) {
        return unreleased.take(this, packetId);
    }

    /** The messages that wait for their PUBREL. */
    List<Integer> received() {
        return unreleased.packetIds();
    }

    @Override
    public void put(String key, MqttPersistable packet) {
        if (key.startsWith(RECEIVED)) {
            unreleased.put(this, packetId(key, RECEIVED), packet);
        } else if (key.startsWith(CONFIRMED) && !(packet instanceof Packets.Release)) {
            try {
                listener.publishReceived(packetId(key, CONFIRMED));
            } catch (RuntimeException e) {
                log.error("PUBREC [{}] not taken", key, e);
            }
        }
    }

    @Override
    public void remove(String key) {
        if (key.startsWith(RECEIVED)) {
            unreleased.take(this, packetId(key, RECEIVED));
        }
    }

    @Override
    public @Nullable MqttPersistable get(String key) {
        return key.startsWith(RECEIVED) ? unreleased.get(packetId(key, RECEIVED)) : null;
    }

    @Override
    public boolean containsKey(String key) {
        return get(key) != null;
    }

    @Override
    public Enumeration<?> keys() {
        return Collections.enumeration(
                received().stream().map(packetId -> RECEIVED + packetId).toList());
    }

    private static int packetId(String key, String prefix) {
        return Integer.parseInt(key.substring(prefix.length()));
    }

    @Override
    public void clear() {
        // Paho's word for a clean session. What the broker says of its session decides.
    }

    @Override
    public void open(String clientId, String serverUri) {
        // It is open.
    }

    @Override
    public void close() {
        // The next connection needs it.
    }
}
