package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.mqtt.UserProperty;

/** What a message becomes on its way to a dead letter topic. */
final class DeadLetterMessage {

    private DeadLetterMessage() {}

    /** The payload on another topic, with QoS 1; on MQTT 5 with its properties, but for its expiry, and what happened. */
    static Message of(Message message, TopicName topic, Throwable failure, MqttVersion version) {
        Message letter = Message.of(topic, message.payload()).withQos(Qos.AT_LEAST_ONCE);
        return version == MqttVersion.V5 ? letter.withProperties(properties(message, failure)) : letter;
    }

    private static MessageProperties properties(Message message, Throwable failure) {
        MessageProperties original = message.properties();
        MessageProperties kept = MessageProperties.none().withText(original.isText());
        kept = original.contentType().map(kept::withContentType).orElse(kept);
        kept = original.responseTopic().map(kept::withResponseTopic).orElse(kept);
        kept = original.correlationData().map(kept::withCorrelationData).orElse(kept);
        for (UserProperty each : original.userProperties()) {
            kept = kept.withUserProperty(each.name(), each.value());
        }
        return kept.withUserProperty(
                        ListenerOptions.DEAD_LETTER_ORIGIN, message.topic().value())
                .withUserProperty(
                        ListenerOptions.DEAD_LETTER_FAILURE, failure.getClass().getName());
    }
}
