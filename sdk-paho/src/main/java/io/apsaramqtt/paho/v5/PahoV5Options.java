package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.SocketFactories;
import io.apsaramqtt.mqtt.Message;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** A CONNECT in Paho's v5 options, whose time-outs are in whole seconds. */
final class PahoV5Options {

    private PahoV5Options() {}

    static MqttConnectionOptions of(Endpoint endpoint, ConnectPacket packet) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(true);
        // Paho keeps an alias in the message that it sends again after a reconnect, where it means nothing.
        options.setTopicAliasMaximum(0);
        options.setKeepAliveInterval(packet.keepAliveSeconds());
        options.setConnectionTimeout(packet.timeoutSeconds());
        options.setHttpsHostnameVerificationEnabled(true);
        options.setSocketFactory(SocketFactories.of(endpoint));
        packet.signed().username().ifPresent(options::setUserName);
        packet.signed()
                .password()
                .ifPresent(password -> options.setPassword(password.getBytes(StandardCharsets.UTF_8)));
        Message will = packet.will();
        if (will != null) {
            options.setWill(will.topic().value(), message(will));
        }
        return options;
    }

    static MqttMessage message(Message message) {
        MqttMessage paho = new MqttMessage(message.payload());
        paho.setQos(message.qos().code());
        paho.setRetained(message.retained());
        return paho;
    }
}
