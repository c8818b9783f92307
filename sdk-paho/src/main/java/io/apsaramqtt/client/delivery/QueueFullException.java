package io.apsaramqtt.client.delivery;

import io.apsaramqtt.ApsaraMqttException;

/**
 * A message found no room, in the window or in the queue; nothing was sent.
 *
 * <p>Immutable.
 */
public final class QueueFullException extends ApsaraMqttException {

    private final int waiting;

    /** {@code topic}'s message found {@code waiting} before it, in {@code place}. */
    public QueueFullException(String topic, String place, int waiting) {
        super("Publish to '" + topic + "' found the " + place + " full with " + waiting
                + " messages; nothing was sent. Publish more slowly, or give FlowControl a larger queue or the builder a"
                + " larger window");
        this.waiting = waiting;
    }

    /** How many messages were there. */
    public int waiting() {
        return waiting;
    }
}
