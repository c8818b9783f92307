package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.ConnectionLife;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what Paho's callback thread reports. Nothing may be thrown to Paho: it would drop the connection.
 *
 * @param holdingBack whether a message is being handed on
 * @param acknowledgement sends PUBACK or PUBCOMP
 */
record PahoV3Callback(
        Endpoint endpoint,
        TransportListener listener,
        ConnectionLife life,
        PahoMemory memory,
        AtomicBoolean holdingBack,
        Acknowledgement acknowledgement)
        implements MqttCallback {

    private static final Logger log = LoggerFactory.getLogger(PahoV3Callback.class);

    /** Sends the answer to a message. */
    @FunctionalInterface
    interface Acknowledgement {
        void send(int packetId, Qos qos);
    }

    @Override
    public void connectionLost(Throwable cause) {
        life.lost(PahoV3Failures.lost(endpoint, cause));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        int packetId = message.getId();
        if (message.getQos() < Qos.EXACTLY_ONCE.code()) {
            handOn(packetId, topic, message);
            return;
        }
        // Taken before it is handed on, and completed after: lost in between, only its PUBREL comes again.
        if (memory.take(packetId)) {
            handOn(packetId, topic, message);
        }
        acknowledgement.send(packetId, Qos.EXACTLY_ONCE);
    }

    private void handOn(int packetId, String topic, MqttMessage paho) {
        Message message;
        try {
            message = Message.of(Topics.original(topic), paho.getPayload())
                    .withQos(Qos.of(paho.getQos()))
                    .withRetained(paho.isRetained())
                    .withDuplicate(paho.isDuplicate());
        } catch (RuntimeException e) {
            log.error("Message on topic [{}] not taken: no broker may send it", topic, e);
            if (paho.getQos() == Qos.AT_LEAST_ONCE.code()) {
                // Or it would come again for ever.
                acknowledgement.send(packetId, Qos.AT_LEAST_ONCE);
            }
            return;
        }
        holdingBack.set(true);
        try {
            listener.received(packetId, message);
        } catch (RuntimeException e) {
            log.error("Message on topic [{}] not taken", message.topic(), e);
        } finally {
            holdingBack.set(false);
        }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // The listener of each publish says the same.
    }
}
