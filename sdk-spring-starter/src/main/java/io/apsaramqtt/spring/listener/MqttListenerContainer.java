package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.client.listener.ListenerGate;
import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The subscriptions of one listener method. Started, it is subscribed at each connect of its client; stopped, it is not
 * subscribed; paused, it is subscribed and its messages wait in the client.
 *
 * <p>Thread-safe.
 */
public final class MqttListenerContainer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MqttListenerContainer.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /**
     * How a container is made.
     *
     * @param id its name in the registry
     * @param listener class and method
     * @param clientName the name of the client
     * @param client the client
     * @param filters what it subscribes to
     * @param qos with which quality of service
     * @param replyTopics what its replies are published to, whatever the message
     * @param isAutoStartup whether it starts with the application
     */
    record Definition(
            String id,
            String listener,
            String clientName,
            ApsaraMqttClient client,
            List<TopicFilter> filters,
            Qos qos,
            List<TopicName> replyTopics,
            boolean isAutoStartup) {}

    private final Definition definition;
    private final AcknowledgingListener listener;
    private final ListenerGate gate;
    private final ListenerOptions options;
    private boolean prepared;
    private volatile boolean running;
    private ListenerRound round;

    MqttListenerContainer(
            Definition definition, AcknowledgingListener listener, ListenerGate gate, ListenerOptions options) {
        this.definition = definition;
        this.listener = listener;
        this.gate = gate;
        this.options = options.withGate(gate);
        this.round = new ListenerRound(listener);
    }

    /** Its name in the registry. */
    public String id() {
        return definition.id();
    }

    /** Class and method of the listener. */
    public String listener() {
        return definition.listener();
    }

    /** The name of its client. */
    public String client() {
        return definition.clientName();
    }

    /** What it subscribes to. */
    public List<TopicFilter> filters() {
        return definition.filters();
    }

    /** The quality of service it asks for. */
    public Qos qos() {
        return definition.qos();
    }

    /** The topics of its {@code @SendTo}, to which it publishes what the method returns; none without one. */
    public List<TopicName> replyTopics() {
        return definition.replyTopics();
    }

    /** The topic to which it publishes a message that failed for the last time, if it ever does. */
    public Optional<TopicName> deadLetterTopic() {
        // A failure on the dead letter topic itself is logged only.
        return options.deadLetterTopic()
                .filter(topic ->
                        filters().stream().anyMatch(filter -> !filter.value().equals(topic.value())));
    }

    ApsaraMqttClient mqttClient() {
        return definition.client();
    }

    /** Before the client connects: what a kept session holds must find its listener there. */
    synchronized void prepare() {
        if (isAutoStartup() && definition.client().state() == ConnectionState.DISCONNECTED) {
            subscribeAtConnect();
            prepared = true;
        }
    }

    private void subscribeAtConnect() {
        filters().forEach(filter -> definition.client().subscribeAtConnect(filter, qos(), round, options));
    }

    /**
     * Subscribes, and blocks until the broker has granted it; without a connection it is subscribed at the next one.
     *
     * @throws io.apsaramqtt.ApsaraMqttException if the permissions or the broker do not allow it
     */
    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        try {
            subscribeIn(definition.client().state());
        } catch (RuntimeException e) {
            running = false;
            throw e;
        }
        prepared = false;
    }

    private void subscribeIn(ConnectionState state) {
        if (state == ConnectionState.CONNECTED) {
            filters().forEach(filter -> subscribe(definition.client(), filter));
        } else if (!prepared) {
            subscribeAtConnect();
            if (state == ConnectionState.CONNECTING || state == ConnectionState.RECONNECTING) {
                // That connect may have asked what to subscribe to just before.
                definition.client().connectAsync().thenRun(this::subscribeAgain);
            }
        }
    }

    private void subscribe(ApsaraMqttClient client, TopicFilter filter) {
        // What was granted at the connect need not be asked for again.
        if (!prepared || !client.subscriptions().contains(filter)) {
            client.subscribeAcknowledging(filter, qos(), round, options);
        }
    }

    private synchronized void subscribeAgain() {
        if (!running) {
            return;
        }
        for (TopicFilter filter : filters()) {
            definition.client().subscribeAsync(filter, qos(), round, options).whenComplete((done, failure) -> {
                if (failure != null) {
                    log.error("Listener [{}] is not subscribed to [{}]", listener(), filter, failure);
                }
            });
        }
    }

    /**
     * Waits up to 10 s until the method has returned from what it has in hand, then unsubscribes. Messages that waited for it are
     * dropped and acknowledged; a pause ends.
     */
    @Override
    public synchronized void stop() {
        if (!running) {
            return;
        }
        gate.pause();
        awaitIdle();
        filters().forEach(definition.client()::unsubscribe);
        running = false;
        round.end();
        round = new ListenerRound(listener);
        gate.resume();
    }

    private void awaitIdle() {
        try {
            gate.idle().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("Listener [{}] is still at work {} s after it was stopped", listener(), STOP_LIMIT.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A gate never fails", e);
        }
    }

    /** The client takes nothing any more: the subscription stays, as a kept session needs it. */
    void drained() {
        running = false;
    }

    /**
     * Lets no message through to the method any more. They wait in the client, unacknowledged, and take room there; the
     * acknowledgements of later messages of the client wait too. For seconds: {@link #stop} for longer.
     */
    public void pause() {
        gate.pause();
    }

    /** Lets messages through again, those that waited first. */
    public void resume() {
        gate.resume();
    }

    /** Whether it is paused. */
    public boolean isPaused() {
        return gate.isPaused();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return definition.isAutoStartup();
    }

    /** The name, the listener and its filters. */
    @Override
    public String toString() {
        return "MqttListenerContainer[" + id() + ": " + listener() + " on " + filters() + " of client " + client()
                + "]";
    }
}
