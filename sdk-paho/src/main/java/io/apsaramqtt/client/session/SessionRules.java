package io.apsaramqtt.client.session;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;

/** What a message or filter must be, for the service, for this version of MQTT, and for a session that is kept. Immutable. */
final class SessionRules {

    private final ServiceRules service;
    private final boolean properties;
    private final boolean exactlyOnce;

    SessionRules(SessionSettings settings) {
        this.service = settings.rules();
        this.properties = settings.version() == MqttVersion.V5;
        this.exactlyOnce =
                service.profile() != Profile.APSARAMQ || settings.kept().clean();
    }

    void requirePublishable(Message message) {
        service.requirePublishable(message);
        if (!properties && !message.properties().isEmpty()) {
            throw new ServiceRuleException(
                    ServiceRuleException.Rule.PROPERTIES,
                    "Message for topic [" + message.topic() + "] has " + message.properties()
                            + ", which MQTT 3.1.1 cannot carry. Build the client with MqttVersion.V5, or leave them out");
        }
        requireQos("Message for topic [" + message.topic() + "]", message.qos());
    }

    void requireSubscribable(TopicFilter filter, Qos qos) {
        service.requireSubscribable(filter);
        requireQos("Topic filter [" + filter + "]", qos);
    }

    private void requireQos(String thing, Qos qos) {
        if (qos == Qos.EXACTLY_ONCE && !exactlyOnce) {
            throw new ServiceRuleException(
                    ServiceRuleException.Rule.QOS,
                    thing
                            + " asks for QoS 2 in a session that the broker keeps, which the service does not support. Use"
                            + " QoS 1 with listeners that bear a repetition, or a clean session");
        }
    }
}
