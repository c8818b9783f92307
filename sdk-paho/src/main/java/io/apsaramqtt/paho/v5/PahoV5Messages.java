package io.apsaramqtt.paho.v5;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Messages and their properties, to Paho's and back. */
final class PahoV5Messages {

    private PahoV5Messages() {}

    static MqttMessage message(Message message) {
        MqttMessage paho = new MqttMessage(message.payload());
        paho.setQos(message.qos().code());
        paho.setRetained(message.retained());
        return paho;
    }

    static MqttProperties properties(Message message) {
        MessageProperties properties = message.properties();
        MqttProperties paho = new MqttProperties();
        paho.setUserProperties(properties.userProperties().stream()
                .map(property -> new UserProperty(property.name(), property.value()))
                .toList());
        properties.contentType().ifPresent(paho::setContentType);
        properties.expiry().map(Duration::toSeconds).ifPresent(paho::setMessageExpiryInterval);
        properties.responseTopic().map(TopicName::value).ifPresent(paho::setResponseTopic);
        properties.correlationData().ifPresent(paho::setCorrelationData);
        paho.setPayloadFormat(properties.isText());
        return paho;
    }

    /** A message that came. */
    static Message message(String topic, MqttMessage paho, boolean duplicate) {
        return Message.of(topic, paho.getPayload())
                .withQos(Qos.of(paho.getQos()))
                .withRetained(paho.isRetained())
                .withDuplicate(duplicate)
                .withProperties(properties(paho.getProperties()));
    }

    private static MessageProperties properties(MqttProperties paho) {
        MessageProperties properties = MessageProperties.none().withText(paho.getPayloadFormat());
        for (UserProperty property : paho.getUserProperties()) {
            properties = properties.withUserProperty(property.getKey(), property.getValue());
        }
        if (paho.getContentType() != null) {
            properties = properties.withContentType(paho.getContentType());
        }
        if (paho.getMessageExpiryInterval() != null) {
            properties = properties.withExpiry(Duration.ofSeconds(paho.getMessageExpiryInterval()));
        }
        if (paho.getResponseTopic() != null) {
            properties = properties.withResponseTopic(TopicName.of(paho.getResponseTopic()));
        }
        if (paho.getCorrelationData() != null) {
            properties = properties.withCorrelationData(paho.getCorrelationData());
        }
        return properties;
    }
}
