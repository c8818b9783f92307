package io.apsaramqtt.client.listener;

/**
 * Lets the broker forget a message. What is not acknowledged the broker delivers again after a reconnect, the service after
 * some seconds already; while this client still has the first copy, it does not give such a redelivery to the listener again,
 * for it cannot tell whether that is still at work. Thread-safe.
 */
@FunctionalInterface
public interface Acknowledgment {

    /**
     * Acknowledges; does nothing the second time. The packet leaves when all messages that came before are acknowledged too
     * (MQTT 3.1.1 section 4.6). If the connection that brought the message is gone, the redelivery on a later one is
     * acknowledged. Does not block.
     */
    void acknowledge();
}
