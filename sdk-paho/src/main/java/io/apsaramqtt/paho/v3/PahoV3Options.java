package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.mqtt.Message;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

/** A CONNECT in Paho's v3 options, whose time-outs are in whole seconds and whose defaults are not ours. */
final class PahoV3Options {

    /** The window is held above the seam; Paho's own would answer with error 32202. */
    private static final int NO_WINDOW = 65_535;

    private PahoV3Options() {}

    static MqttConnectOptions of(ConnectPacket packet, SocketFactory sockets) {
        MqttConnectOptions options = new MqttConnectOptions();
        // Pinned: Paho's default tries 3.1.1 and then 3.1, which doubles every refused attempt.
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(packet.cleanSession());
        options.setMaxInflight(NO_WINDOW);
        options.setKeepAliveInterval(packet.keepAliveSeconds());
        options.setConnectionTimeout(packet.timeoutSeconds());
        options.setHttpsHostnameVerificationEnabled(true);
        options.setSocketFactory(sockets);
        packet.signed().username().ifPresent(options::setUserName);
        packet.signed().password().ifPresent(password -> options.setPassword(password.toCharArray()));
        Message will = packet.will();
        if (will != null) {
            options.setWill(will.topic().value(), will.payload(), will.qos().code(), will.retained());
        }
        return options;
    }
}
