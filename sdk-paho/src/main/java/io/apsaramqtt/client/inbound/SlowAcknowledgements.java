package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.runtime.ClientRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of listeners that take too long for a message of QoS 1. One timer runs for a connection while one of its messages is
 * in work. Thread-safe.
 */
final class SlowAcknowledgements {

    private static final Logger log = LoggerFactory.getLogger(SlowAcknowledgements.class);

    private final AcknowledgementOrder order;
    private final Duration slowAfter;
    private final ClientRuntime runtime;
    private final TopicNotices notices;
    private final Counters counters;
    private final AtomicBoolean armed = new AtomicBoolean();

    SlowAcknowledgements(
            AcknowledgementOrder order,
            Duration slowAfter,
            ClientRuntime runtime,
            TopicNotices notices,
            Counters counters) {
        this.order = order;
        this.slowAfter = slowAfter;
        this.runtime = runtime;
        this.notices = notices;
        this.counters = counters;
    }

    /** A message was received. */
    void watch() {
        arm(slowAfter);
    }

    private void arm(Duration delay) {
        if (armed.compareAndSet(false, true)) {
            runtime.after(delay, this::check);
        }
    }

    private void check() {
        // Before the look: what comes in after it arms the timer itself.
        armed.set(false);
        Instant now = runtime.clock().instant();
        Instant next = null;
        for (Delivery delivery : order.unsettled()) {
            Instant due = delivery.receivedAt().plus(slowAfter);
            if (due.isAfter(now)) {
                next = earlier(next, due);
            } else if (delivery.becomesSlow()) {
                warn(delivery, Duration.between(delivery.receivedAt(), now));
            }
        }
        if (next != null) {
            arm(Duration.between(now, next));
        }
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private void warn(Delivery delivery, Duration age) {
        counters.slow.increment();
        if (notices.mayName(delivery.topic())) {
            log.warn(
                    "A message on topic [{}] is not acknowledged after {} s: its listener is slow, or has not come to it yet. The"
                            + " service delivers again what is not acknowledged within 3 to 10 s",
                    delivery.topic(),
                    age.toSeconds());
        }
    }
}
