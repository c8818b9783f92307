package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.ConnectionLife;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what Paho's callback thread reports. Nothing may be thrown to Paho: it would be swallowed. */
final class PahoV5Callback implements MqttCallback {

    private static final Logger log = LoggerFactory.getLogger(PahoV5Callback.class);

    private final Endpoint endpoint;
    private final TransportListener listener;
    private final ConnectionLife life;
    private final PahoMemory memory;
    private final Corrections corrections;
    private final AtomicBoolean holdingBack;
    private final IntConsumer acknowledge;
    private volatile CompletableFuture<Void> left = CompletableFuture.completedFuture(null);

    /**
     * The callback of one connection.
     *
     * @param holdingBack whether a message is being handed on
     * @param acknowledge sends PUBACK; Paho itself answers a PUBREL, and a second PUBCOMP would be an error
     */
    PahoV5Callback(
            Endpoint endpoint,
            TransportListener listener,
            ConnectionLife life,
            PahoMemory memory,
            Corrections corrections,
            AtomicBoolean holdingBack,
            IntConsumer acknowledge) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.life = life;
        this.memory = memory;
        this.corrections = corrections;
        this.holdingBack = holdingBack;
        this.acknowledge = acknowledge;
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        life.lost(PahoV5Failures.lost(endpoint, response));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        boolean duplicate = corrections.nextIsDuplicate();
        left.join();
        if (message.getQos() < Qos.EXACTLY_ONCE.code() || memory.take(message.getProperties())) {
            handOn(message.getId(), topic, message, duplicate);
        }
    }

    /**
     * Hands on, on a thread of {@code threads}, what an earlier connection received and lost; what comes waits for that. Called
     * when the connection stands, where nothing may be waited for: Paho holds a lock that it takes to end the connection.
     */
    void handOnWhatIsLeft(Executor threads) {
        List<MqttPublish> messages = memory.left();
        if (messages.isEmpty()) {
            return;
        }
        CompletableFuture<Void> handedOn = new CompletableFuture<>();
        left = handedOn;
        threads.execute(() -> {
            try {
                messages.forEach(this::handOnLeft);
            } finally {
                handedOn.complete(null);
            }
        });
    }

    private void handOnLeft(MqttPublish message) {
        if (memory.take(message.getProperties())) {
            handOn(message.getMessageId(), message.getTopicName(), message.getMessage(), false);
        }
    }

    private void handOn(int packetId, String topic, MqttMessage paho, boolean duplicate) {
        Message message;
        try {
            message = PahoV5Messages.message(topic, paho, duplicate);
        } catch (RuntimeException e) {
            log.error("Message on topic [{}] not taken: no broker may send it", topic, e);
            if (paho.getQos() == Qos.AT_LEAST_ONCE.code()) {
                // Or it would come again for ever.
                acknowledge.accept(packetId);
            }
            return;
        }
        holdingBack.set(true);
        try {
            listener.received(message.qos() == Qos.AT_MOST_ONCE ? 0 : packetId, message);
        } catch (RuntimeException e) {
            log.error("Message on topic [{}] not taken", message.topic(), e);
        } finally {
            holdingBack.set(false);
        }
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        log.warn("Paho reports an error on the connection to [{}]", endpoint, exception);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // The listener of each publish says the same.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // The listener of the connect says the same.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // The service uses no enhanced authentication (MQTT 5 section 4.12).
    }
}
