package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.MessageListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.TopicName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages off the engine's thread and gives them to listeners on workers, in order within a topic. Thread-safe. */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final Subscriptions subscriptions;
    private final String p2pSuffix;
    private final @Nullable MessageListener p2pListener;
    private final List<Lane> lanes;

    Dispatcher(SessionSettings settings, Subscriptions subscriptions, Executor workers) {
        this.subscriptions = subscriptions;
        this.p2pSuffix = "/p2p/" + settings.clientId().value();
        this.p2pListener = settings.p2pListener();
        this.lanes = IntStream.range(0, settings.listenerThreads())
                .mapToObj(i -> new Lane(workers, this::deliver))
                .toList();
    }

    /** Queues the message; where the queue of its topic is full, drops one of QoS 0 and blocks for any other. */
    void dispatch(Message message) {
        lanes.get(Math.floorMod(message.topic().hashCode(), lanes.size())).add(message);
    }

    /** Lets go of whoever is blocked; what is queued is still delivered. */
    void close() {
        lanes.forEach(Lane::close);
    }

    private void deliver(Message message) {
        Set<MessageListener> listeners = subscriptions.listeners(message.topic());
        if (p2pListener != null && isForThisClient(message.topic())) {
            listeners.add(p2pListener);
        }
        if (listeners.isEmpty()) {
            log.warn(
                    "Message on topic [{}] dropped: {}",
                    message.topic(),
                    isForThisClient(message.topic())
                            ? "it is addressed to this client, which has no p2pListener"
                            : "no subscription matches it any more");
        }
        for (MessageListener listener : listeners) {
            deliver(message, listener);
        }
    }

    private boolean isForThisClient(TopicName topic) {
        return topic.isP2p() && topic.value().endsWith(p2pSuffix);
    }

    private static void deliver(Message message, MessageListener listener) {
        try {
            listener.onMessage(message);
        } catch (Throwable e) {
            log.error("Listener failed on a message of topic [{}]", message.topic(), e);
        }
    }
}
