package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.TopicName;
import java.util.List;

/** Knows who receives the messages of a topic. Asked on a worker when a message has its turn; thread-safe. */
@FunctionalInterface
public interface Receivers {

    /** Each receiver once, however many of its filters match; none if nobody wants the messages of {@code topic}. */
    List<Receiver> of(TopicName topic);

    /** Why nobody wants them, for a log line. */
    default String whyNone(TopicName topic) {
        return "no subscription matches it any more";
    }
}
