package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A received message on its way to its receivers. It is <em>through</em> when none of them is to be called again, and
 * <em>settled</em> when each has acknowledged it or failed for good, which may be later.
 *
 * <p>Settling is thread-safe; {@link #proceed()} is called by one thread at a time.
 */
final class Delivery {

    private final int packetId;
    private final Message message;
    private final Instant receivedAt;
    private final Dispatch dispatch;
    private final AtomicBoolean slow = new AtomicBoolean();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private @Nullable List<Handling> handlings;
    private volatile boolean settled;
    private volatile @Nullable AcknowledgementOrder order;

    Delivery(int packetId, Message message, Instant receivedAt, Dispatch dispatch) {
        this.packetId = packetId;
        this.message = message;
        this.receivedAt = receivedAt;
        this.dispatch = dispatch;
    }

    int packetId() {
        return packetId;
    }

    Message message() {
        return message;
    }

    TopicName topic() {
        return message.topic();
    }

    Instant receivedAt() {
        return receivedAt;
    }

    /**
     * Gives the message to those receivers that are due: to all the first time, then to those that are to try again. Returns
     * what completes when there is more to do, null when the message is through.
     */
    @Nullable
    CompletableFuture<?> proceed() {
        List<Handling> all = handlings;
        if (all == null) {
            all = dispatch.handlings(this);
            handlings = all;
            unacknowledged.set(all.size());
            if (all.isEmpty()) {
                settle();
            }
        }
        CompletableFuture<?>[] pauses =
                all.stream().map(Handling::proceed).filter(Objects::nonNull).toArray(CompletableFuture<?>[]::new);
        return pauses.length == 0 ? null : CompletableFuture.anyOf(pauses);
    }

    /** One of the receivers needs the message no longer. */
    void acknowledgedByOne() {
        if (unacknowledged.decrementAndGet() == 0) {
            settle();
        }
    }

    /** Nobody needs the message any longer. */
    void settle() {
        settled = true;
        AcknowledgementOrder current = order;
        if (current != null) {
            current.release();
        }
    }

    boolean isSettled() {
        return settled;
    }

    /** Whether this is the first time that the message is found slow. */
    boolean becomesSlow() {
        return slow.compareAndSet(false, true);
    }

    /**
     * From now on the acknowledgement goes to this connection, once, however often the connection brings the message. Says
     * false if the connection is gone. Who calls keeps other calls out.
     */
    boolean acknowledgeIn(AcknowledgementOrder next) {
        if (order == next) {
            return true;
        }
        if (!next.add(this)) {
            return false;
        }
        order = next;
        return true;
    }

    boolean isIn(AcknowledgementOrder other) {
        return order == other;
    }

    /** Whether {@code other} has the topic and the payload of this message. */
    boolean isCopiedBy(Message other) {
        return topic().equals(other.topic()) && message.payloadBuffer().equals(other.payloadBuffer());
    }
}
