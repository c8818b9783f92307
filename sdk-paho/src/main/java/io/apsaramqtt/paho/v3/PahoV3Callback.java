package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.ConnectionLife;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what Paho's callback thread reports. Nothing may be thrown to Paho: it would drop the connection. */
record PahoV3Callback(Endpoint endpoint, TransportListener listener, ConnectionLife life) implements MqttCallback {

    private static final Logger log = LoggerFactory.getLogger(PahoV3Callback.class);

    @Override
    public void connectionLost(Throwable cause) {
        life.lost(PahoV3Failures.lost(endpoint, cause));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        try {
            listener.received(Message.of(topic, message.getPayload())
                    .withQos(Qos.of(message.getQos()))
                    .withRetained(message.isRetained())
                    .withDuplicate(message.isDuplicate()));
        } catch (RuntimeException e) {
            log.error("Message on topic [{}] not taken", topic, e);
        }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // The listener of each publish says the same.
    }
}
