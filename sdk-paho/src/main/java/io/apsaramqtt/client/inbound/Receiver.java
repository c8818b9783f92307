package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.client.listener.Acknowledgment;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.mqtt.Message;

/** A listener and what happens when it fails. Immutable; equal if listener and options are. */
public sealed interface Receiver {

    /** A receiver that has acknowledged a message when it returns. */
    static Receiver of(MessageListener listener, ListenerOptions options) {
        return new Returning(listener, options);
    }

    /** A receiver that acknowledges a message itself. */
    static Receiver of(AcknowledgingListener listener, ListenerOptions options) {
        return new Acknowledging(listener, options);
    }

    /** What happens when the listener fails. */
    ListenerOptions options();

    /** Gives the message to the listener; throws what it throws. */
    void give(Message message, Acknowledgment acknowledgment) throws Exception;

    /** Acknowledges by returning. */
    record Returning(MessageListener listener, ListenerOptions options) implements Receiver {

        @Override
        public void give(Message message, Acknowledgment acknowledgment) throws Exception {
            listener.onMessage(message);
            acknowledgment.acknowledge();
        }
    }

    /** Acknowledges when it likes. */
    record Acknowledging(AcknowledgingListener listener, ListenerOptions options) implements Receiver {

        @Override
        public void give(Message message, Acknowledgment acknowledgment) throws Exception {
            listener.onMessage(message, acknowledgment);
        }
    }
}
