package io.apsaramqtt.client.session;

import io.apsaramqtt.permission.Operation;
import java.time.Instant;

/**
 * Something that was in progress on a connection. Immutable.
 *
 * @param operation what
 * @param topic on which topic name or filter
 * @param at when it was sent
 */
record Activity(Operation operation, String topic, Instant at) {

    /** What strikes are counted by. */
    Subject subject() {
        return new Subject(operation, topic);
    }

    /** An operation on a topic name or filter. */
    record Subject(Operation operation, String topic) {}
}
