package io.apsaramqtt.client.inbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of QoS 1 that one connection brought and that are not acknowledged, in the order of receipt: acknowledgements
 * leave in that order (MQTT 3.1.1 section 4.6 [MQTT-4.6.0-2]). Thread-safe.
 */
final class AcknowledgementOrder {

    private static final Logger log = LoggerFactory.getLogger(AcknowledgementOrder.class);

    private final IntConsumer acknowledge;
    private final Consumer<Delivery> acknowledged;
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private boolean releasing;
    private boolean closed;

    /** Sends through {@code acknowledge}, one at a time and under no lock, and tells {@code acknowledged} of what was sent. */
    AcknowledgementOrder(IntConsumer acknowledge, Consumer<Delivery> acknowledged) {
        this.acknowledge = acknowledge;
        this.acknowledged = acknowledged;
    }

    /** Queues the message; says false if the connection is gone. */
    synchronized boolean add(Delivery delivery) {
        if (!closed) {
            waiting.add(delivery);
        }
        return !closed;
    }

    /** Sends what is settled and has nothing unsettled before it. Where a thread is at it already, that thread goes on. */
    void release() {
        if (!begin()) {
            return;
        }
        for (Delivery head = settledHead(); head != null; head = settledHead()) {
            send(head);
            sent();
            acknowledged.accept(head);
        }
    }

    private synchronized boolean begin() {
        boolean first = !releasing;
        releasing = true;
        return first;
    }

    private synchronized @Nullable Delivery settledHead() {
        Delivery head = waiting.peek();
        if (head != null && head.isSettled()) {
            return head;
        }
        releasing = false;
        return null;
    }

    private void send(Delivery delivery) {
        try {
            acknowledge.accept(delivery.packetId());
        } catch (Throwable e) {
            // The loop must not end with the flag set; what the broker did not hear it delivers again.
            log.warn("Message on topic [{}] could not be acknowledged", delivery.topic(), e);
        }
    }

    /** Only now is the head out: whoever waits for this to be empty waits for packets, not for intentions. */
    private synchronized void sent() {
        waiting.poll();
    }

    /** The messages that listeners are not through with. */
    synchronized List<Delivery> unsettled() {
        return waiting.stream().filter(delivery -> !delivery.isSettled()).toList();
    }

    /** Whether nothing is left to be sent. */
    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The connection is gone: nothing more is sent. */
    synchronized void close() {
        closed = true;
        waiting.clear();
    }
}
