package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.transport.Ack;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * What the CONNACK says the broker does not take (MQTT 5 section 3.2.2.3). It would drop the connection over such a message, and
 * again when it is resent. Immutable.
 */
record Limits(int maximumQos, boolean retainAvailable, long maximumPacketSize) {

    /** No limits. */
    static final Limits NONE = new Limits(2, true, Long.MAX_VALUE);

    private static final int RETAIN_NOT_SUPPORTED = 0x9A;
    private static final int QOS_NOT_SUPPORTED = 0x9B;
    private static final int PACKET_TOO_LARGE = 0x95;

    /** The limits in the properties of a CONNACK. */
    static Limits of(MqttProperties connack) {
        Integer qos = connack.getMaximumQoS();
        Long size = connack.getMaximumPacketSize();
        return new Limits(
                qos == null ? NONE.maximumQos() : qos,
                connack.isRetainAvailable(),
                size == null ? NONE.maximumPacketSize() : size);
    }

    /** The code with which the broker would refuse {@code message}, null if it takes it. */
    @Nullable
    Ack refusal(Packets.Publish message) throws MqttException {
        if (message.getQoS() > maximumQos) {
            return new Ack(QOS_NOT_SUPPORTED, "its CONNACK allows QoS " + maximumQos + " at most");
        }
        if (message.isRetained() && !retainAvailable) {
            return new Ack(RETAIN_NOT_SUPPORTED, "its CONNACK allows no retained messages");
        }
        if (maximumPacketSize < Long.MAX_VALUE) {
            long size = (long) message.getHeader().length + message.getPayloadLength();
            if (size > maximumPacketSize) {
                return new Ack(
                        PACKET_TOO_LARGE,
                        "its CONNACK allows packets of " + maximumPacketSize + " bytes, this one has " + size);
            }
        }
        return null;
    }
}
