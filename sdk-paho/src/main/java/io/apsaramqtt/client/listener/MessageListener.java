package io.apsaramqtt.client.listener;

import io.apsaramqtt.mqtt.Message;

/**
 * Receives messages. Called on a thread of the client, never on one of the MQTT engine: it may block, and it may publish.
 * Messages of one topic come in order and one at a time; messages of different topics may come at the same time. A message of
 * QoS 1 is acknowledged when this returns.
 */
@FunctionalInterface
public interface MessageListener {

    /** A message came. What this throws is retried, dead-lettered or logged, as {@link ListenerOptions} say. */
    void onMessage(Message message) throws Exception;
}
