package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The containers of all listener methods, by their names. Starts them after the clients are connected; at shutdown it has the
 * clients take nothing more and waits until what they hold is handled, while they can still publish.
 *
 * <p>Thread-safe.
 */
public final class MqttListenerRegistry implements SmartLifecycle {

    /** Among the last to start and the first to stop, as the listeners of Spring are. */
    public static final int PHASE = DEFAULT_PHASE - 100;

    private static final Logger log = LoggerFactory.getLogger(MqttListenerRegistry.class);

    private final Duration drainTimeout;
    private final Map<String, MqttListenerContainer> containers = new LinkedHashMap<>();
    private volatile boolean running;

    /** An empty registry that waits up to {@code drainTimeout} for listeners at shutdown. */
    public MqttListenerRegistry(Duration drainTimeout) {
        this.drainTimeout = drainTimeout;
    }

    /** All containers, in the order in which they were found. */
    public synchronized List<MqttListenerContainer> containers() {
        return List.copyOf(containers.values());
    }

    /** The container of this name. */
    public synchronized Optional<MqttListenerContainer> container(String id) {
        return Optional.ofNullable(containers.get(id));
    }

    /** Adds it, before the client connects or while the application runs; what it clashes with is told to {@code clash}. */
    void add(MqttListenerContainer added) {
        synchronized (this) {
            requireOwnName(added);
            added.filters().forEach(filter -> requireOwnFilter(added, filter));
            containers.put(added.id(), added);
        }
        if (running && added.isAutoStartup()) {
            added.start();
        } else {
            added.prepare();
        }
    }

    private void requireOwnName(MqttListenerContainer added) {
        MqttListenerContainer other = containers.get(added.id());
        if (other != null) {
            throw new IllegalArgumentException("has the ID [" + added.id() + "] of listener [" + other.listener()
                    + "]; each needs one of its own");
        }
    }

    private void requireOwnFilter(MqttListenerContainer added, TopicFilter filter) {
        containers.values().stream()
                .filter(other -> other.client().equals(added.client()))
                .filter(other -> other.filters().contains(filter))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException("subscribes to [" + filter + "] as listener [" + other.listener()
                            + "] does, and a client has one listener for a filter; call one from the other, or use another"
                            + " client");
                });
    }

    /** Starts the containers that start by themselves; blocks as they do, and throws what they throw. */
    @Override
    public void start() {
        running = true;
        containers().stream().filter(MqttListenerContainer::isAutoStartup).forEach(MqttListenerContainer::start);
    }

    /** Has the clients take nothing more, and blocks until their listeners are through. */
    @Override
    public void stop() {
        drain().join();
    }

    @Override
    public void stop(Runnable callback) {
        drain().thenRun(callback);
    }

    private CompletableFuture<Void> drain() {
        Map<String, ApsaraMqttClient> clients = containers().stream()
                .filter(MqttListenerContainer::isRunning)
                .collect(Collectors.toMap(
                        MqttListenerContainer::client, MqttListenerContainer::mqttClient, (one, same) -> one));
        List<CompletableFuture<Void>> drained = clients.entrySet().stream()
                .map(client ->
                        client.getValue().drainAsync(drainTimeout).thenAccept(left -> tell(client.getKey(), left)))
                .toList();
        return CompletableFuture.allOf(drained.toArray(CompletableFuture[]::new))
                .thenRun(() -> containers().forEach(MqttListenerContainer::drained))
                .thenRun(() -> running = false);
    }

    private void tell(String client, List<Message> left) {
        if (!left.isEmpty()) {
            log.warn(
                    "{} messages of client [{}] were not handled within {} ms; the broker delivers those of QoS 1 again"
                            + " to a session that is kept",
                    left.size(),
                    client,
                    drainTimeout.toMillis());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** No: a paused context keeps its listeners, as it keeps its clients. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
