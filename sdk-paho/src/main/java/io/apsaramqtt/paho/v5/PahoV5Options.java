package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;

/** A CONNECT in Paho's v5 options, whose time-outs are in whole seconds. */
final class PahoV5Options {

    /** The longest, which means that the session does not end (MQTT 5 section 3.1.2.11.2). */
    private static final long FOREVER = 0xFFFF_FFFFL;

    private static final long ALMOST_A_SECOND = 999_999_999;

    private PahoV5Options() {}

    static MqttConnectionOptions of(ConnectPacket packet, SocketFactory sockets) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(packet.cleanSession());
        options.setSessionExpiryInterval(packet.cleanSession() ? 0L : sessionExpiry(packet.sessionExpiry()));
        options.setReceiveMaximum(packet.receiveMaximum());
        options.setRequestProblemInfo(true);
        // Paho keeps an alias in the message that it sends again after a reconnect, where it means nothing.
        options.setTopicAliasMaximum(0);
        options.setKeepAliveInterval(packet.keepAliveSeconds());
        options.setConnectionTimeout(packet.timeoutSeconds());
        options.setHttpsHostnameVerificationEnabled(true);
        options.setSocketFactory(sockets);
        packet.signed().username().ifPresent(options::setUserName);
        packet.signed()
                .password()
                .ifPresent(password -> options.setPassword(password.getBytes(StandardCharsets.UTF_8)));
        Message will = packet.will();
        if (will != null) {
            options.setWill(will.topic().value(), PahoV5Messages.message(will));
            options.setWillMessageProperties(PahoV5Messages.properties(will));
        }
        return options;
    }

    /** In whole seconds, rounded up: 0 would end the session with the connection. */
    private static long sessionExpiry(Duration time) {
        return Math.max(1, Math.min(FOREVER, time.plusNanos(ALMOST_A_SECOND).toSeconds()));
    }
}
