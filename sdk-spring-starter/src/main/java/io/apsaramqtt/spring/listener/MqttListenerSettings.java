package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.listener.ListenerOptions;

/**
 * What holds for the listeners of one client where they do not say otherwise. Immutable.
 *
 * @param options retries and dead letters
 * @param concurrency how many messages are with a listener at a time; 0 for as many as the client has threads for
 * @param autoStartup whether listeners start with the application
 */
public record MqttListenerSettings(ListenerOptions options, int concurrency, boolean autoStartup) {

    /** One attempt, as many at a time as the client allows, started with the application. */
    public static MqttListenerSettings defaults() {
        return new MqttListenerSettings(ListenerOptions.defaults(), 0, true);
    }
}
