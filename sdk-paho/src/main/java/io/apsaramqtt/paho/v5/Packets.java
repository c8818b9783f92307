package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubRel;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.eclipse.paho.mqttv5.common.packet.MqttSubscribe;
import org.eclipse.paho.mqttv5.common.packet.MqttUnsubscribe;

/**
 * Packets with the packet identifiers of the session. They are encoded here, on the thread of the caller: a text that Paho
 * refuses costs the connection if its sender finds it.
 */
final class Packets {

    private Packets() {}

    /** A PUBLISH. */
    static final class Publish extends MqttPublish {

        /** Paho needs a key for a message of QoS 0 too, and takes packet identifiers for it, where it meets those of others. */
        private static final AtomicInteger KEYS = new AtomicInteger();

        private static final int FIRST_KEY = 0x1_0000;
        private static final int KEY_BITS = 0x3FFF_FFFF;

        private final boolean retained;
        private final byte[] header;

        Publish(int packetId, boolean duplicate, Message message) throws MqttException {
            super(message.topic().value(), PahoV5Messages.message(message), PahoV5Messages.properties(message));
            if ((message.qos() == Qos.AT_MOST_ONCE) != (packetId == 0)) {
                throw new IllegalStateException("Packet identifier [" + packetId + "] for " + message.qos());
            }
            setMessageId(packetId == 0 ? FIRST_KEY + (KEYS.getAndIncrement() & KEY_BITS) : packetId);
            setDuplicate(duplicate);
            retained = message.retained();
            header = super.getVariableHeader();
        }

        boolean isRetained() {
            return retained;
        }

        @Override
        protected byte[] getVariableHeader() {
            return header;
        }
    }

    /** A PUBREL that is sent again; Paho's own answers a PUBREC. */
    static final class Release extends MqttPubRel {

        Release(int packetId) throws MqttException {
            super(MqttReturnCode.RETURN_CODE_SUCCESS, packetId, new MqttProperties());
        }
    }

    /** A SUBSCRIBE. */
    static final class Subscribe extends MqttSubscribe {

        private final byte[] payload;

        Subscribe(int packetId, List<Subscription> subscriptions) throws MqttException {
            super(
                    subscriptions.stream()
                            .map(subscription -> new MqttSubscription(
                                    subscription.filter().value(),
                                    subscription.qos().code()))
                            .toArray(MqttSubscription[]::new),
                    new MqttProperties());
            setMessageId(packetId);
            payload = super.getPayload();
        }

        @Override
        public byte[] getPayload() {
            return payload;
        }
    }

    /** An UNSUBSCRIBE. */
    static final class Unsubscribe extends MqttUnsubscribe {

        private final byte[] payload;

        Unsubscribe(int packetId, List<TopicFilter> filters) throws MqttException {
            super(filters.stream().map(TopicFilter::value).toArray(String[]::new), new MqttProperties());
            setMessageId(packetId);
            payload = super.getPayload();
        }

        @Override
        public byte[] getPayload() {
            return payload;
        }
    }
}
