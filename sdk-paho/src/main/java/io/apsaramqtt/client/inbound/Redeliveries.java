package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.Message;
import java.util.HashMap;
import java.util.Map;

/**
 * The messages of QoS 1 that are not acknowledged, by packet identifier: what the broker delivers again of them is no new
 * message. At most 65,535, as a newer message takes the place of one with the same identifier. Thread-safe.
 */
final class Redeliveries {

    private final Map<Integer, Delivery> unacknowledged = new HashMap<>();

    /** A message that is no copy of one here; says false if its connection is gone. */
    synchronized boolean add(Delivery delivery, AcknowledgementOrder order) {
        if (!delivery.acknowledgeIn(order)) {
            return false;
        }
        unacknowledged.put(delivery.packetId(), delivery);
        return true;
    }

    /**
     * Whether the broker says that it delivers this message again, and the first copy is not acknowledged: its acknowledgement
     * then goes to {@code order}, which must be released if it is settled already.
     */
    synchronized boolean isCopy(int packetId, Message message, AcknowledgementOrder order) {
        Delivery first = unacknowledged.get(packetId);
        return message.duplicate() && first != null && first.isCopiedBy(message) && first.acknowledgeIn(order);
    }

    /** The acknowledgement was sent: from now on the identifier means another message (MQTT 3.1.1 section 4.3.2). */
    synchronized void acknowledged(Delivery delivery) {
        unacknowledged.remove(delivery.packetId(), delivery);
    }

    /**
     * A connection is gone. What it leaves settled but unsent is kept for the next one, on which it is likely to come again;
     * what came on an earlier one, and not again, is forgotten.
     */
    synchronized void ended(AcknowledgementOrder order) {
        unacknowledged.values().removeIf(delivery -> delivery.isSettled() && !delivery.isIn(order));
    }
}
