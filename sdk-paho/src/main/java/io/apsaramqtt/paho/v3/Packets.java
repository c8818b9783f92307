package io.apsaramqtt.paho.v3;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPubRec;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPubRel;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttSubscribe;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttUnsubscribe;

/**
 * Packets with the packet identifiers of the session. Their topics are encoded here, on the thread of the caller: Paho refuses
 * half of Unicode, and does so in its sender, where it costs the connection.
 */
final class Packets {

    private Packets() {}

    /** A PUBLISH. */
    static final class Publish extends MqttPublish {

        private final byte[] header;

        Publish(int packetId, boolean duplicate, Message message) {
            super(message.topic().value(), payload(message));
            if ((message.qos() == Qos.AT_MOST_ONCE) != (packetId == 0)) {
                throw new IllegalArgumentException("Packet identifier [" + packetId + "] for " + message.qos());
            }
            setMessageId(packetId);
            setDuplicate(duplicate);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            encode("Topic name", message.topic().value(), out);
            if (packetId > 0) {
                out.write(packetId >>> 8);
                out.write(packetId);
            }
            header = out.toByteArray();
        }

        private static MqttMessage payload(Message message) {
            MqttMessage paho = new MqttMessage(message.payload());
            paho.setQos(message.qos().code());
            paho.setRetained(message.retained());
            return paho;
        }

        @Override
        protected byte[] getVariableHeader() {
            return header;
        }
    }

    /** A PUBREL that is sent again; Paho's own answers a PUBREC. */
    static final class Release extends MqttPubRel {

        Release(int packetId) {
            super(new MqttPubRec(new MqttPublish("", new MqttMessage())));
            setMessageId(packetId);
        }
    }

    /** A SUBSCRIBE. */
    static final class Subscribe extends MqttSubscribe {

        private final byte[] payload;

        Subscribe(int packetId, List<Subscription> subscriptions) {
            super(new String[0], new int[0]);
            setMessageId(packetId);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (Subscription subscription : subscriptions) {
                encode("Topic filter", subscription.filter().value(), out);
                out.write(subscription.qos().code());
            }
            payload = out.toByteArray();
        }

        @Override
        public byte[] getPayload() {
            return payload;
        }
    }

    /** An UNSUBSCRIBE. */
    static final class Unsubscribe extends MqttUnsubscribe {

        private final byte[] payload;

        Unsubscribe(int packetId, List<TopicFilter> filters) {
            super(new String[0]);
            setMessageId(packetId);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            filters.forEach(filter -> encode("Topic filter", filter.value(), out));
            payload = out.toByteArray();
        }

        @Override
        public byte[] getPayload() {
            return payload;
        }
    }

    /** Brokers drop the connection over a control character (MQTT 3.1.1 section 1.5.3), and would again when it is resent. */
    private static void encode(String thing, String text, ByteArrayOutputStream out) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new ApsaraMqttException(
                        thing + " [" + text + "] was not sent: it contains the control character U+"
                                + String.format("%04X", (int) text.charAt(i)) + " at index " + i
                                + ", over which brokers drop the connection. Remove it");
            }
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >>> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }
}
