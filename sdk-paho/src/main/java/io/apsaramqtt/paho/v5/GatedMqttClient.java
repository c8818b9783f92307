package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.transport.EngineThreads;
import io.apsaramqtt.client.transport.InboundPackets;
import io.apsaramqtt.client.transport.StartGate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.internal.ClientState;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttDisconnect;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paho's client with an inside of ours, on connections that pass a gate. */
final class GatedMqttClient extends MqttAsyncClient {

    private static final Logger log = LoggerFactory.getLogger(GatedMqttClient.class);

    /**
     * Paho's logger that reports every PUBCOMP as information, which java.util.logging prints where nobody told it otherwise.
     * Held: the level is lost with the logger.
     */
    private static final java.util.logging.Logger PUBCOMPS =
            java.util.logging.Logger.getLogger(ClientState.class.getName());

    static {
        if (PUBCOMPS.getLevel() == null) {
            PUBCOMPS.setLevel(Level.WARNING);
        }
    }

    private final StartGate gate;
    private final Corrections corrections;
    private final PahoComms inside;

    GatedMqttClient(
            String uri,
            String clientId,
            StartGate gate,
            PahoMemory memory,
            Corrections corrections,
            AtomicBoolean holdingBack)
            throws MqttException {
        // Paho's default is a folder of files in the working directory. What is to be kept, the inside keeps.
        super(uri, clientId, new MemoryPersistence());
        this.gate = gate;
        this.corrections = corrections;
        this.inside = new PahoComms(this, memory, holdingBack, new EngineThreads(this::threadDied));
        comms = inside;
        setManualAcks(true);
    }

    private void threadDied(Throwable cause) {
        // Where the connection was ended already this does nothing: Paho's threads stumble over its end.
        log.debug("A thread of Paho's died on a connection of [{}]", getClientId(), cause);
        comms.shutdownConnection(null, new MqttException(MqttClientException.REASON_CODE_CONNECTION_LOST, cause), null);
    }

    /** Sends a packet that has its identifier; the listener is told the answer. */
    void send(MqttWireMessage packet, MqttActionListener listener) throws MqttException {
        comms.sendNoWait(packet, token(listener));
    }

    /** Threads of the connection, named after the client. */
    Executor threads() {
        return task -> inside.threads().execute(() -> {
            Thread.currentThread().setName("MQTT Left: " + getClientId());
            task.run();
        });
    }

    /** Sends DISCONNECT. Paho's own method sleeps. */
    void disconnect(MqttActionListener listener) throws MqttException {
        comms.disconnect(
                new MqttDisconnect(MqttReturnCode.RETURN_CODE_SUCCESS, new MqttProperties()), 0, token(listener));
    }

    private MqttToken token(MqttActionListener listener) {
        MqttToken token = new MqttToken(getClientId());
        token.setActionCallback(listener);
        return token;
    }

    PahoComms inside() {
        return inside;
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) throws MqttException {
        return Arrays.stream(super.createNetworkModules(address, options))
                .map(module -> new Gated(module, gate, corrections))
                .toArray(NetworkModule[]::new);
    }

    /** One of Paho's network connections. */
    private record Gated(NetworkModule module, StartGate gate, Corrections corrections) implements NetworkModule {

        @Override
        public void start() throws IOException, MqttException {
            module.start();
            gate.started();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return gate.reading(new InboundPackets(new BufferedInputStream(module.getInputStream()), corrections));
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
