package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.Message;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of one connection off the engine's thread. Thread-safe; {@link #received} is called by one thread at a
 * time, in the order of receipt.
 */
public final class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);
    private static final int NO_PACKET = 0;

    private final Admission admission;
    private final AcknowledgementOrder order;
    private final SlowAcknowledgements slow;
    private final Parts parts;
    private final Runnable closed;

    /** What the connections of a client have in common. */
    record Parts(Lanes lanes, Redeliveries redeliveries, Dispatch dispatch, Counters counters, Clock clock) {}

    Intake(Admission admission, AcknowledgementOrder order, SlowAcknowledgements slow, Parts parts, Runnable closed) {
        this.admission = admission;
        this.order = order;
        this.slow = slow;
        this.parts = parts;
        this.closed = closed;
    }

    /**
     * Queues the message for its listeners. Where there is no room, one of QoS 0 is dropped; any other holds the engine's
     * thread back, and if that takes too long, the overrun is told: from then on what is of QoS 1 is left to the broker, to
     * be delivered again, and what is of QoS 2, which the broker will not deliver again, is taken all the same.
     *
     * @param packetId of the PUBLISH, any number for QoS 0
     */
    public void received(int packetId, Message message) {
        parts.counters().received.increment();
        switch (message.qos()) {
            case AT_MOST_ONCE -> takeOrDrop(message);
            case AT_LEAST_ONCE -> takeOrLeave(packetId, message);
            case EXACTLY_ONCE -> take(message);
        }
    }

    private void takeOrDrop(Message message) {
        if (admission.tryEnter()) {
            parts.lanes().add(delivery(NO_PACKET, message));
            return;
        }
        parts.counters().dropped.increment();
        if (!admission.isRefusing()) {
            parts.counters().withoutRoom(message.topic());
        }
    }

    private void takeOrLeave(int packetId, Message message) {
        if (parts.redeliveries().isCopy(packetId, message, order)) {
            parts.counters().redeliveriesSkipped.increment();
            order.release();
            slow.watch();
            return;
        }
        if (!admission.enter()) {
            return;
        }
        Delivery delivery = delivery(packetId, message);
        if (!parts.redeliveries().add(delivery, order)) {
            // Lost since the message came in: to take it would be to take it twice.
            admission.leave();
            return;
        }
        slow.watch();
        parts.lanes().add(delivery);
    }

    private void take(Message message) {
        if (!admission.enter()) {
            admission.enterBeyond();
        }
        if (!parts.lanes().add(delivery(NO_PACKET, message))) {
            parts.counters().dropped.increment();
            log.warn("Message of QoS 2 on topic [{}] lost: the client was closed when it came", message.topic());
        }
    }

    private Delivery delivery(int packetId, Message message) {
        return new Delivery(packetId, message, parts.clock().instant(), parts.dispatch());
    }

    /**
     * The connection is gone: messages that were queued are still delivered, but acknowledged only if another connection
     * brings them again. Lets the engine's thread go if it is held back. Does nothing the second time.
     */
    public void close() {
        admission.close();
        order.close();
        parts.redeliveries().ended(order);
        closed.run();
    }

    /** Whether every message was acknowledged, or cannot be any more. */
    boolean isEmpty() {
        return order.isEmpty();
    }

    /** The messages of QoS 1 that are not acknowledged yet. */
    List<Delivery> unsettled() {
        return order.unsettled();
    }
}
