package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.mqtt.TopicName;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the receivers of messages. Thread-safe. */
final class Dispatch {

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    private final Receivers receivers;
    private final DeadLetters deadLetters;
    private final ClientRuntime runtime;
    private final Counters counters;
    private final TopicNotices unwanted;

    Dispatch(Receivers receivers, DeadLetters deadLetters, ClientRuntime runtime, Counters counters) {
        this.receivers = receivers;
        this.deadLetters = deadLetters;
        this.runtime = runtime;
        this.counters = counters;
        this.unwanted = new TopicNotices(runtime.clock(), ChronoUnit.FOREVER.getDuration());
    }

    /** What is to be done with the message: one handling a receiver; none if nobody wants it. */
    List<Handling> handlings(Delivery delivery) {
        List<Handling> handlings = receivers.of(delivery.topic()).stream()
                .map(receiver -> new Handling(delivery, receiver, deadLetters, runtime, counters))
                .toList();
        if (handlings.isEmpty()) {
            drop(delivery.topic());
        }
        return handlings;
    }

    private void drop(TopicName topic) {
        counters.dropped.increment();
        if (unwanted.mayName(topic)) {
            log.warn(
                    "Message on topic [{}] dropped: {}. Later ones on this topic are dropped without a word",
                    topic,
                    receivers.whyNone(topic));
        }
    }
}
