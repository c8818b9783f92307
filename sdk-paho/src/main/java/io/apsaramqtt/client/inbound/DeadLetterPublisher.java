package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.Message;
import java.util.concurrent.CompletableFuture;

/** Publishes what a listener could not handle. */
@FunctionalInterface
public interface DeadLetterPublisher {

    /** Publishes; completes when the broker has taken the message, and in any case at some time. Does not block. */
    CompletableFuture<?> publish(Message message);
}
