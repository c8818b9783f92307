package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.transport.EngineThreads;
import io.apsaramqtt.client.transport.InboundPackets;
import io.apsaramqtt.client.transport.StartGate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttToken;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paho's client with an inside of ours, on connections that pass a gate. */
final class GatedMqttClient extends MqttAsyncClient {

    private static final Logger log = LoggerFactory.getLogger(GatedMqttClient.class);

    private final StartGate gate;
    private final PahoComms inside;

    GatedMqttClient(String uri, String clientId, StartGate gate, PahoMemory memory, AtomicBoolean holdingBack)
            throws MqttException {
        // Paho's default is a folder of files in the working directory. What is to be kept, the inside keeps.
        super(uri, clientId, new MemoryPersistence());
        this.gate = gate;
        this.inside = new PahoComms(this, memory, holdingBack, new EngineThreads(this::threadDied));
        comms = inside;
        setManualAcks(true);
    }

    private void threadDied(Throwable cause) {
        // Where the connection was ended already this does nothing: Paho's threads stumble over its end.
        log.debug("A thread of Paho's died on a connection of [{}]", getClientId(), cause);
        comms.shutdownConnection(null, new MqttException(MqttException.REASON_CODE_CONNECTION_LOST, cause));
    }

    /** Sends a packet that has its identifier; the listener is told the answer. */
    void send(MqttWireMessage packet, IMqttActionListener listener) throws MqttException {
        MqttToken token = new MqttToken(getClientId());
        token.setActionCallback(listener);
        comms.sendNoWait(packet, token);
    }

    PahoComms inside() {
        return inside;
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
            return gate.reading(new InboundPackets(new BufferedInputStream(module.getInputStream()), Topics::readable));
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
