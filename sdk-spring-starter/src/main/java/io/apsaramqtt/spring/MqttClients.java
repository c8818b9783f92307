package io.apsaramqtt.spring;

import io.apsaramqtt.client.ApsaraMqttClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clients of an application by their names: those of {@code apsara.mqtt.clients.<name>.*}, or {@code default} where there is
 * but one; those that the application makes itself by their bean names.
 *
 * <p>Immutable.
 */
public final class MqttClients {

    /** The name of the client that the properties configure without naming it. Among several it is the primary one. */
    public static final String DEFAULT = "default";

    private final Map<String, ApsaraMqttClient> clients;
    private final @Nullable String primary;

    /**
     * Holds these clients, in this order.
     *
     * @param primary the name of the one that is meant where none is named; null for the only one, if there is but one
     */
    public MqttClients(Map<String, ApsaraMqttClient> clients, @Nullable String primary) {
        this.clients = new LinkedHashMap<>(clients);
        this.primary = primary == null && clients.size() == 1
                ? clients.keySet().iterator().next()
                : primary;
    }

    /** All of them, by name. */
    public Map<String, ApsaraMqttClient> all() {
        return new LinkedHashMap<>(clients);
    }

    /** The name of the client that is meant where none is named, if that is clear. */
    public Optional<String> primary() {
        return Optional.ofNullable(primary);
    }

    /** The client of this name; throws {@link IllegalArgumentException}, which names the others, if there is none. */
    public ApsaraMqttClient get(String name) {
        ApsaraMqttClient client = clients.get(name);
        if (client == null) {
            throw new IllegalArgumentException("Client [" + name + "] does not exist; there are " + clients.keySet());
        }
        return client;
    }

    /** The names, and which is the primary one. */
    @Override
    public String toString() {
        return "MqttClients" + clients.keySet() + (primary == null ? "" : ", primary " + primary);
    }
}
