package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.UserProperty;
import java.util.LinkedHashMap;
import java.util.Map;

/** The trace context of a message about to be published, as user properties of MQTT 5. Not thread-safe. */
final class TraceProperties {

    private final Map<String, String> fields = new LinkedHashMap<>();

    void put(String name, String value) {
        fields.put(name, value);
    }

    /** The message with these in place of those of the same names, which are those of a message that is passed on. */
    Message addedTo(Message message) {
        if (fields.isEmpty()) {
            return message;
        }
        MessageProperties before = message.properties();
        MessageProperties after = MessageProperties.none().withText(before.isText());
        for (UserProperty property : before.userProperties()) {
            after = fields.containsKey(property.name())
                    ? after
                    : after.withUserProperty(property.name(), property.value());
        }
        for (Map.Entry<String, String> field : fields.entrySet()) {
            after = after.withUserProperty(field.getKey(), field.getValue());
        }
        after = before.contentType().map(after::withContentType).orElse(after);
        after = before.expiry().map(after::withExpiry).orElse(after);
        after = before.responseTopic().map(after::withResponseTopic).orElse(after);
        return message.withProperties(
                before.correlationData().map(after::withCorrelationData).orElse(after));
    }
}
