package io.apsaramqtt.client.session;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Operation;
import java.time.Instant;
import java.util.Optional;

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
    record Subject(Operation operation, String topic) {

        /** The same on its parent topic; empty where a filter leaves that open. */
        Optional<Subject> parent() {
            String parent = operation == Operation.PUBLISH
                    ? TopicName.of(topic).parentTopic()
                    : TopicFilter.of(topic).parentTopic();
            return "+".equals(parent) || "#".equals(parent)
                    ? Optional.empty()
                    : Optional.of(new Subject(operation, parent));
        }
    }
}
