package io.apsaramqtt.client.listener;

import io.apsaramqtt.mqtt.Message;

/**
 * Receives messages and says itself when each may be acknowledged, on any thread, even after it returned. Called as a
 * {@link MessageListener} is: the next message of a topic comes when this returns, acknowledged or not. Where it throws and has
 * not acknowledged, the message is retried, dead-lettered or logged, and then acknowledged; to have a message again, throw.
 *
 * <p>Only QoS 1 waits for the acknowledgement: QoS 0 has none, and QoS 2 is acknowledged by the client.
 */
@FunctionalInterface
public interface AcknowledgingListener {

    /** A message came; {@code acknowledgment} is called when the broker may forget it. */
    void onMessage(Message message, Acknowledgment acknowledgment) throws Exception;
}
