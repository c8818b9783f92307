package io.apsaramqtt.client.session;

import io.apsaramqtt.client.inbound.Inbound;
import io.apsaramqtt.client.inbound.InboundStatistics;
import io.apsaramqtt.client.inbound.Intake;
import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Receives: through one {@link Inbound} from a connect to the disconnect that drains it, then through another, as one that was
 * drained takes nothing more. Counts go on. Thread-safe.
 */
final class Reception {

    private final Supplier<Inbound> fresh;
    private Inbound current;
    private InboundStatistics before = new InboundStatistics(0, 0, 0, 0, 0, 0, 0, 0);

    Reception(Supplier<Inbound> fresh) {
        this.fresh = fresh;
        this.current = fresh.get();
    }

    /** What takes a connection's messages. */
    Intake open(IntConsumer acknowledge, Runnable overrun) {
        return current().open(acknowledge, overrun);
    }

    /** Takes nothing more; completes with what was not handled within {@code limit}. */
    CompletableFuture<List<Message>> drain(Duration limit) {
        return current().drain(limit);
    }

    private synchronized Inbound current() {
        return current;
    }

    /** Takes messages again. */
    synchronized void renew() {
        before = sum(before, current.statistics());
        current = fresh.get();
    }

    synchronized InboundStatistics statistics() {
        return sum(before, current.statistics());
    }

    private static InboundStatistics sum(InboundStatistics one, InboundStatistics other) {
        return new InboundStatistics(
                other.waiting(),
                one.received() + other.received(),
                one.delivered() + other.delivered(),
                one.dropped() + other.dropped(),
                one.failed() + other.failed(),
                one.deadLettered() + other.deadLettered(),
                one.redeliveriesSkipped() + other.redeliveriesSkipped(),
                one.slow() + other.slow());
    }
}
