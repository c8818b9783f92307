package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.TopicName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that wait for their turn. Those of a topic have it in the order of receipt, one at a time; a lane takes the next
 * message of any topic that has none in work, so that as many topics as there are lanes go on side by side and a slow topic
 * holds up no other. A topic whose message pauses between attempts takes no lane meanwhile.
 *
 * <p>Thread-safe. Calls nothing of others under its lock.
 */
final class Lanes {

    private static final Logger log = LoggerFactory.getLogger(Lanes.class);

    private final int count;
    private final Executor workers;
    private final Runnable through;
    private final Runnable left;
    /** The messages of each topic, the first of which is in work or about to be. */
    private final Map<TopicName, Deque<Delivery>> topics = new HashMap<>();
    /** Topics whose first message may be taken up. */
    private final Queue<TopicName> ready = new ArrayDeque<>();

    private int busy;
    private boolean stopped;

    /**
     * Up to {@code count} tasks at a time on {@code workers}.
     *
     * @param through told of each message that had its turn, before the lanes may be idle because of it: what is counted by it
     *     is counted when they are
     * @param left told afterwards
     */
    Lanes(int count, Executor workers, Runnable through, Runnable left) {
        this.count = count;
        this.workers = workers;
        this.through = through;
        this.left = left;
    }

    /** Queues the message; says false after {@link #stop()}. */
    boolean add(Delivery delivery) {
        boolean start;
        synchronized (this) {
            if (stopped) {
                return false;
            }
            Deque<Delivery> queue = topics.computeIfAbsent(delivery.topic(), topic -> new ArrayDeque<>());
            queue.add(delivery);
            start = queue.size() == 1 && takesLane(delivery.topic());
        }
        if (start) {
            workers.execute(this::work);
        }
        return true;
    }

    private void resume(TopicName topic) {
        boolean start;
        synchronized (this) {
            start = !stopped && takesLane(topic);
        }
        if (start) {
            workers.execute(this::work);
        }
    }

    private boolean takesLane(TopicName topic) {
        ready.add(topic);
        boolean free = busy < count;
        if (free) {
            busy++;
        }
        return free;
    }

    private void work() {
        for (Delivery head = next(); head != null; head = next()) {
            Delivery current = head;
            CompletableFuture<?> pause = proceed(current);
            if (pause == null) {
                leave(current);
            } else {
                pause.whenComplete((done, failure) -> resume(current.topic()));
            }
        }
    }

    private synchronized @Nullable Delivery next() {
        TopicName topic = ready.poll();
        if (topic == null) {
            busy--;
            return null;
        }
        return Objects.requireNonNull(topics.get(topic)).peek();
    }

    private static @Nullable CompletableFuture<?> proceed(Delivery delivery) {
        try {
            return delivery.proceed();
        } catch (Throwable e) {
            // Not a listener's, whose failures are caught: but no fault of the client may stop a lane either.
            log.error("Message on topic [{}] could not be delivered; it is lost", delivery.topic(), e);
            delivery.settle();
            return null;
        }
    }

    private void leave(Delivery delivery) {
        through.run();
        synchronized (this) {
            Deque<Delivery> queue = topics.get(delivery.topic());
            if (queue != null && queue.size() == 1) {
                topics.remove(delivery.topic());
            } else if (queue != null) {
                queue.remove();
                ready.add(delivery.topic());
            }
        }
        left.run();
    }

    /** Whether every message is through. */
    synchronized boolean isIdle() {
        return topics.isEmpty();
    }

    /** Takes up no message any more; returns those that are not through. */
    synchronized List<Delivery> stop() {
        stopped = true;
        List<Delivery> left = topics.values().stream().flatMap(Deque::stream).toList();
        topics.clear();
        ready.clear();
        return left;
    }
}
