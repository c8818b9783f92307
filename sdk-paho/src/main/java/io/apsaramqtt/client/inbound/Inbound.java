package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.mqtt.Message;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes received messages from the engine's thread to the listeners of one client, on workers: in order within a topic, side by
 * side across topics, with a bound on what waits; and acknowledges them in the order of receipt. It outlives connections.
 *
 * <p>Thread-safe. Nothing of others is called under a lock; listeners, and the sending of acknowledgements after them, run on
 * workers of the runtime, or where an {@code Acknowledgment} or a dead letter's future says so.
 */
public final class Inbound {

    private static final Duration NOTICE_EVERY = Duration.ofMinutes(1);

    private final InboundSettings settings;
    private final ClientRuntime runtime;
    private final Counters counters = new Counters();
    private final Room room;
    private final DeadLetters deadLetters;
    private final TopicNotices slowTopics;
    private final Intake.Parts parts;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile @Nullable Intake current;
    private volatile @Nullable CompletableFuture<List<Message>> drained;

    /** Nothing is received before {@link #open}. */
    public Inbound(
            InboundSettings settings, Receivers receivers, DeadLetterPublisher publisher, ClientRuntime runtime) {
        this.settings = settings;
        this.runtime = runtime;
        this.room = new Room(settings.capacity());
        this.deadLetters = new DeadLetters(publisher, settings.version(), runtime, counters);
        this.slowTopics = new TopicNotices(runtime.clock(), NOTICE_EVERY);
        this.parts = new Intake.Parts(
                new Lanes(settings.lanes(), runtime::execute, room::give, this::checkDrained),
                new Redeliveries(),
                new Dispatch(receivers, deadLetters, runtime, counters),
                counters,
                runtime.clock());
    }

    /**
     * A new connection; the one before is closed, if it is not yet. Does not block.
     *
     * @param acknowledge sends the PUBACK of a packet; called by one thread at a time
     * @param overrun there was no room for a message in time: the connection must end. Called once at most, on the engine's
     *     thread, before {@code received} returns
     */
    public Intake open(IntConsumer acknowledge, Runnable overrun) {
        AcknowledgementOrder order = new AcknowledgementOrder(acknowledge, this::acknowledged);
        Intake intake = new Intake(
                new Admission(room, settings.hold(), runtime, overrun),
                order,
                new SlowAcknowledgements(order, settings.slowAfter(), runtime, slowTopics, counters),
                parts,
                this::checkDrained);
        Intake before;
        synchronized (this) {
            before = current;
            current = intake;
        }
        if (before != null) {
            before.close();
        }
        return intake;
    }

    private void acknowledged(Delivery delivery) {
        parts.redeliveries().acknowledged(delivery);
        checkDrained();
    }

    /**
     * Takes no messages any more, but for those of QoS 2, and waits until the listeners are through and all is acknowledged
     * that can be. Does not block; of several calls the first counts. A listener that waits for the result waits for itself.
     *
     * @return completes when all is done, or after {@code limit}, with the messages that were not handled; none of them is taken
     *     up later, but one that a listener has in hand goes on
     */
    public CompletableFuture<List<Message>> drain(Duration limit) {
        CompletableFuture<List<Message>> result;
        synchronized (this) {
            if (drained != null) {
                return drained;
            }
            result = new CompletableFuture<>();
            drained = result;
        }
        room.shut();
        Runnable cancel = runtime.after(limit, this::stop);
        result.whenComplete((left, failure) -> cancel.run());
        checkDrained();
        return result;
    }

    private void checkDrained() {
        if (drained == null || !parts.lanes().isIdle()) {
            return;
        }
        Intake open = current;
        if (open == null || open.isEmpty()) {
            stop();
        }
    }

    private void stop() {
        CompletableFuture<List<Message>> result = drained;
        if (result == null || !stopped.compareAndSet(false, true)) {
            return;
        }
        deadLetters.stop();
        Set<Delivery> left = new LinkedHashSet<>(parts.lanes().stop());
        Intake open = current;
        if (open != null) {
            left.addAll(open.unsettled());
        }
        result.complete(left.stream().map(Delivery::message).toList());
    }

    /** What became of messages so far. */
    public InboundStatistics statistics() {
        return counters.read(room.taken());
    }
}
