package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.MessagePublisher;
import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.permission.VerdictListener;
import java.util.List;

/** Several as one, the first of them innermost. Immutable. */
record Instrumentations(List<MqttInstrumentation> all) implements MqttInstrumentation {

    @Override
    public VerdictListener checking(String client) {
        List<VerdictListener> listeners =
                all.stream().map(each -> each.checking(client)).toList();
        return (operation, topic, verdict) -> listeners.forEach(each -> each.checked(operation, topic, verdict));
    }

    @Override
    public MessagePublisher publishing(String client, MessagePublisher publisher) {
        MessagePublisher watched = publisher;
        for (MqttInstrumentation each : all) {
            watched = each.publishing(client, watched);
        }
        return watched;
    }

    @Override
    public AcknowledgingListener receiving(String client, String id, AcknowledgingListener listener) {
        AcknowledgingListener watched = listener;
        for (MqttInstrumentation each : all) {
            watched = each.receiving(client, id, watched);
        }
        return watched;
    }
}
