package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.transport.EngineThreads;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttToken;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;
import org.eclipse.paho.client.mqttv3.internal.CommsSender;
import org.eclipse.paho.client.mqttv3.internal.SystemHighResolutionTimer;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttConnack;

/** The inside of Paho's client, told what the client does not show. */
final class PahoComms extends ClientComms {

    private final PahoMemory memory;
    private final AtomicBoolean holdingBack;
    private final EngineThreads threads;
    private volatile boolean ending;

    /**
     * The inside of {@code client}.
     *
     * @param holdingBack whether a message is being handed on, which takes as long as the listener holds the broker back
     */
    PahoComms(IMqttAsyncClient client, PahoMemory memory, AtomicBoolean holdingBack, EngineThreads threads)
            throws MqttException {
        super(client, memory, new PingTimer(), threads, new SystemHighResolutionTimer());
        this.memory = memory;
        this.holdingBack = holdingBack;
        this.threads = threads;
    }

    /** The threads of the connection. */
    EngineThreads threads() {
        return threads;
    }

    /** This side ends the connection, as Paho does in several threads at once. */
    void disconnectForcibly(long timeoutMillis) throws MqttException {
        ending = true;
        try {
            disconnectForcibly(0, timeoutMillis, false);
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
    public void connectComplete(MqttConnack ack, MqttException failure) throws MqttException {
        if (ending) {
            // Paho's sender would take this for a new connection and wait for packets.
            wakeSender();
            throw new MqttException(MqttException.REASON_CODE_CLIENT_DISCONNECTING);
        }
        super.connectComplete(ack, failure);
        if (!ack.getSessionPresent()) {
            for (int packetId : memory.received()) {
                // Both by Paho and by what outlives it.
                deliveryComplete(packetId);
            }
        }
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
