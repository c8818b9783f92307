package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.mqtt.Message;

/**
 * A listener from a start of its container to the stop. What waited for it then comes here all the same, perhaps late, and is
 * acknowledged. Thread-safe.
 */
final class ListenerRound implements AcknowledgingListener {

    private final AcknowledgingListener listener;
    private volatile boolean over;

    ListenerRound(AcknowledgingListener listener) {
        this.listener = listener;
    }

    void end() {
        over = true;
    }

    @Override
    public void onMessage(Message message, Acknowledgment acknowledgment) throws Exception {
        if (over) {
            acknowledgment.acknowledge();
        } else {
            listener.onMessage(message, acknowledgment);
        }
    }
}
