package io.apsaramqtt.tls;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.StartGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's v3 client; behind a gate, for a server that hangs up while it starts leaves it waiting for ever. */
class TlsOfPahoV3IT extends PahoTlsContract {

    @Override
    void connect(Endpoint endpoint, SocketFactory sockets) throws MqttException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setSocketFactory(sockets);
        MqttAsyncClient client = new GatedClient(endpoint.toString());
        try {
            client.connect(options).waitForCompletion(20_000);
            client.publish("alarms/a", new byte[] {1}, 1, false).waitForCompletion(20_000);
            client.disconnect().waitForCompletion(20_000);
        } finally {
            client.close(true);
        }
    }

    private static final class GatedClient extends MqttAsyncClient {

        private final StartGate gate = new StartGate();

        GatedClient(String uri) throws MqttException {
            super(uri, "tls", new MemoryPersistence());
        }

        @Override
        protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options)
                throws MqttException {
            return Arrays.stream(super.createNetworkModules(address, options))
                    .map(module -> new Gated(module, gate))
                    .toArray(NetworkModule[]::new);
        }
    }

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
