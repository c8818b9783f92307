package io.apsaramqtt.client.delivery;

import io.apsaramqtt.mqtt.Message;
import java.util.List;

/**
 * What a client had not finished when it closed. Immutable.
 *
 * @param unacknowledged published, and not acknowledged by the broker: they may have arrived or not
 * @param unhandled received, and not handled by a listener: those of QoS 1 are delivered again to a session that is kept
 */
public record Undelivered(List<Message> unacknowledged, List<Message> unhandled) {

    /** Copies the lists. */
    public Undelivered {
        unacknowledged = List.copyOf(unacknowledged);
        unhandled = List.copyOf(unhandled);
    }

    /** Whether nothing was left. */
    public boolean isEmpty() {
        return unacknowledged.isEmpty() && unhandled.isEmpty();
    }
}
