package io.apsaramqtt.client.session;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A queue whose messages are delivered one after the other, by a worker only while there are any. Thread-safe. */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final int CAPACITY = 1_000;

    private final Executor workers;
    private final Consumer<Message> deliver;
    private final Queue<Message> queue = new ArrayDeque<>();
    private boolean running;
    private boolean closed;
    private long dropped;

    Lane(Executor workers, Consumer<Message> deliver) {
        this.workers = workers;
        this.deliver = deliver;
    }

    void add(Message message) {
        synchronized (queue) {
            if (!hasRoom(message)) {
                return;
            }
            queue.add(message);
            if (running) {
                return;
            }
            running = true;
        }
        workers.execute(this::run);
    }

    private boolean hasRoom(Message message) {
        while (queue.size() >= CAPACITY && !closed) {
            if (message.qos() == Qos.AT_MOST_ONCE) {
                dropped++;
                log.warn(
                        "Message of QoS 0 on topic [{}] dropped: {} wait already for slow listeners ({} dropped so far)",
                        message.topic(),
                        CAPACITY,
                        dropped);
                return false;
            }
            try {
                queue.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private void run() {
        while (true) {
            Message message;
            synchronized (queue) {
                message = queue.poll();
                queue.notifyAll();
                if (message == null) {
                    running = false;
                    return;
                }
            }
            deliver.accept(message);
        }
    }

    void close() {
        synchronized (queue) {
            closed = true;
            queue.notifyAll();
        }
    }
}
