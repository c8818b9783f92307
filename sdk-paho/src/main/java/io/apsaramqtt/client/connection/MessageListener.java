package io.apsaramqtt.client.connection;

import io.apsaramqtt.mqtt.Message;

/**
 * Receives messages. Called on a thread of the client, never on one of the MQTT engine: it may block, and it may publish.
 * While it blocks, up to 1,000 messages wait for it; beyond that the connection is held back, acknowledgements included.
 * Messages of one topic come in order and one at a time; messages of different topics may come at the same time.
 */
@FunctionalInterface
public interface MessageListener {

    /** A message came. What this throws is logged; the message counts as received all the same. */
    void onMessage(Message message) throws Exception;
}
