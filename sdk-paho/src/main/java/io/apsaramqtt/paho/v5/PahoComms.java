package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.EngineThreads;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttClientInterface;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.eclipse.paho.mqttv5.client.internal.CommsSender;
import org.eclipse.paho.mqttv5.client.internal.MqttConnectionState;
import org.eclipse.paho.mqttv5.client.internal.MqttSessionState;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttPersistenceException;
import org.eclipse.paho.mqttv5.common.packet.MqttConnAck;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inside of Paho's client, told what the client does not show. Its connection state is one that never learns the limits of
 * the broker: Paho counts messages of QoS 0 against the receive maximum, which it reads with a sign, lowers QoS and drops
 * the retain flag without a word, uses topic aliases unasked, and holds inbound packets to the broker's maximum instead of
 * outbound ones.
 */
final class PahoComms extends ClientComms {

    private static final Logger log = LoggerFactory.getLogger(PahoComms.class);

    private final PahoMemory memory;
    private final AtomicBoolean holdingBack;
    private final EngineThreads threads;
    private volatile boolean ending;
    private final PingTimer pings;
    private final MqttConnectionState state;
    private volatile Limits limits = Limits.NONE;

    /**
     * The inside of {@code client}.
     *
     * @param holdingBack whether a message is being handed on, which takes as long as the listener holds the broker back
     */
    PahoComms(MqttClientInterface client, PahoMemory memory, AtomicBoolean holdingBack, EngineThreads threads)
            throws MqttException {
        this(client, memory, holdingBack, threads, new PingTimer(), new MqttConnectionState(client.getClientId()));
    }

    private PahoComms(
            MqttClientInterface client,
            PahoMemory memory,
            AtomicBoolean holdingBack,
            EngineThreads threads,
            PingTimer pings,
            MqttConnectionState state)
            throws MqttException {
        super(client, memory, pings, threads, new MqttSessionState(), state);
        this.memory = memory;
        this.holdingBack = holdingBack;
        this.threads = threads;
        this.pings = pings;
        this.state = state;
        memory.onReleased(this::released);
    }

    /** Paho keeps the last message of each packet identifier until the connection ends. */
    private void released(int packetId) {
        try {
            deliveryComplete(packetId);
        } catch (MqttPersistenceException e) {
            log.debug("Message [{}] not dropped", packetId, e);
        }
    }

    /** The threads of the connection. */
    EngineThreads threads() {
        return threads;
    }

    /** This side ends the connection, as Paho does in several threads at once. */
    void disconnectForcibly(long timeoutMillis) throws MqttException {
        ending = true;
        try {
            disconnectForcibly(0, timeoutMillis, false, MqttReturnCode.RETURN_CODE_SUCCESS, new MqttProperties());
        } finally {
            wakeSender();
        }
    }

    /** Paho's sender ends when it wakes and finds no connection, also where it is only about to wait. */
    private void wakeSender() {
        getClientState().disconnected(null);
        getClientState().notifyQueueLock();
        threads.interrupt(CommsSender.class);
    }

    /** Called on Paho's receiver, before it reads on. */
    @Override
    public void connectComplete(MqttConnAck ack, MqttException failure) throws MqttException {
        if (ending) {
            // Paho's sender would take this for a new connection and wait for packets.
            wakeSender();
            throw new MqttException(MqttClientException.REASON_CODE_CLIENT_DISCONNECTING);
        }
        super.connectComplete(ack, failure);
        memory.begin(ack.getSessionPresent());
        MqttProperties properties = ack.getProperties();
        limits = Limits.of(properties);
        Integer keepAlive = properties.getServerKeepAlive();
        if (keepAlive != null) {
            // Paho would heed it only after the first PINGREQ, for which it may be too late.
            state.setKeepAliveSeconds(keepAlive);
            pings.restart();
        }
    }

    /** Why the broker would drop the connection over this message, null if it would not. */
    @Nullable
    Ack refusal(Packets.Publish message) throws MqttException {
        return limits.refusal(message);
    }

    /** Held back, Paho's receiver does not read, and the answer to its PINGREQ, which it would miss, waits unread. */
    @Override
    public MqttToken checkForActivity() {
        if (holdingBack.get()) {
            getClientState().notifyReceivedBytes(1);
        }
        return super.checkForActivity();
    }
}
