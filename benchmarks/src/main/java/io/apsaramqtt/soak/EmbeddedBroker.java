package io.apsaramqtt.soak;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;

/** The broker in this JVM, whose heap, threads and descriptors are counted with those of the clients. */
record EmbeddedBroker(EmbeddedApsaraMqtt broker) implements SoakBroker {

    static EmbeddedBroker start() {
        return new EmbeddedBroker(EmbeddedApsaraMqtt.builder().start());
    }

    @Override
    public int port() {
        return broker.port();
    }

    @Override
    public ApsaraMqttClientBuilder client(String deviceId) {
        return ApsaraMqttClient.builder()
                .instanceId(broker.instanceId())
                .credentials(broker.credentials())
                .clientId(broker.clientId(deviceId));
    }

    @Override
    public String name() {
        return "embedded broker";
    }

    @Override
    public void close() {
        broker.close();
    }
}
