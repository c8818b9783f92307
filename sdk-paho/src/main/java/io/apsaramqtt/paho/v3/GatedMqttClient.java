package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.transport.StartGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's client, on connections that pass a gate. */
final class GatedMqttClient extends MqttAsyncClient {

    private final StartGate gate;

    GatedMqttClient(String uri, String clientId, StartGate gate) throws MqttException {
        // Paho's default is a folder of files in the working directory.
        super(uri, clientId, new MemoryPersistence());
        this.gate = gate;
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) throws MqttException {
        return Arrays.stream(super.createNetworkModules(address, options))
                .map(module -> new Gated(module, gate))
                .toArray(NetworkModule[]::new);
    }

    /** One of Paho's network connections. */
    private record Gated(NetworkModule module, StartGate gate) implements NetworkModule {

        @Override
        public void start() throws IOException, MqttException {
            module.start();
            gate.started();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return gate.reading(module.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return gate.writing(module.getOutputStream());
        }

        @Override
        public void stop() throws IOException {
            module.stop();
        }

        @Override
        public String getServerURI() {
            return module.getServerURI();
        }
    }
}
