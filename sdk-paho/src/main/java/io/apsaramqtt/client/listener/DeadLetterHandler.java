package io.apsaramqtt.client.listener;

import io.apsaramqtt.mqtt.Message;

/**
 * Takes a message that a listener could not handle. Called on a thread of the client; may block, which holds up later messages
 * of the topic.
 */
@FunctionalInterface
public interface DeadLetterHandler {

    /**
     * The listener failed for the last time on {@code message}, at last with {@code failure}. The message is acknowledged when
     * this returns; what this throws is logged with the failure, and the message is acknowledged all the same.
     */
    void handle(Message message, Throwable failure) throws Exception;
}
