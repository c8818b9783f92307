package io.apsaramqtt.spring;

import io.apsaramqtt.client.ApsaraMqttClientBuilder;

/**
 * Changes the builder of an auto-configured client, after the properties and before it builds: for what has no property,
 * such as a listener of P2P messages. Beans of this type are called in their order; the last one wins.
 *
 * <p>Called once for each client, on the thread that starts the application.
 */
@FunctionalInterface
public interface ApsaraMqttClientCustomizer {

    /** Changes {@code builder}. What this throws ends the start of the application. */
    void customize(ApsaraMqttClientBuilder builder);

    /** Changes the builder of the client {@code name}, which is {@code default} where there is but one. */
    default void customize(String name, ApsaraMqttClientBuilder builder) {
        customize(builder);
    }
}
