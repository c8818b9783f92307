package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.ConnectionLife;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what Paho's callback thread reports. Nothing may be thrown to Paho: it would be swallowed. */
record PahoV5Callback(Endpoint endpoint, TransportListener listener, ConnectionLife life) implements MqttCallback {

    private static final Logger log = LoggerFactory.getLogger(PahoV5Callback.class);

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        life.lost(PahoV5Failures.lost(endpoint, response));
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
