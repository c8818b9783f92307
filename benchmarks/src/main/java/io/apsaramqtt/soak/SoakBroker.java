package io.apsaramqtt.soak;

import io.apsaramqtt.client.ApsaraMqttClientBuilder;

/** The broker that clients are connected to, at 127.0.0.1. */
sealed interface SoakBroker extends AutoCloseable permits MosquittoBroker, EmbeddedBroker {

    /** Starts the broker that was chosen. */
    static SoakBroker start(SoakOptions.Choice choice) {
        return switch (choice) {
            case MOSQUITTO -> MosquittoBroker.start();
            case EMBEDDED -> EmbeddedBroker.start();
            case AUTO -> MosquittoBroker.isInstalled() ? MosquittoBroker.start() : EmbeddedBroker.start();
        };
    }

    /** The port at 127.0.0.1. */
    int port();

    /** A builder of a client that the broker lets in, which lacks the endpoint. */
    ApsaraMqttClientBuilder client(String deviceId);

    /** What the report calls it. */
    String name();

    /** Stops it. */
    @Override
    void close();
}
