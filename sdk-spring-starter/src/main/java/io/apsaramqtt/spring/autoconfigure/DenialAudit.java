package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttEvent;
import java.util.Map;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** Makes an audit event of each denial: who is the client ID, what the operation and its topic. Immutable. */
record DenialAudit(MqttClients clients, ApplicationEventPublisher publisher)
        implements ApplicationListener<PayloadApplicationEvent<MqttEvent.PermissionDenied>> {

    static final String TYPE = "MQTT_PERMISSION_DENIED";

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<MqttEvent.PermissionDenied> event) {
        MqttEvent.PermissionDenied denied = event.getPayload();
        publisher.publishEvent(new AuditApplicationEvent(
                clients.get(denied.client()).clientId().value(),
                TYPE,
                Map.of(
                        "client", denied.client(),
                        "operation", denied.operation().name(),
                        "topic", denied.topic(),
                        "outcome", denied.verdict().outcome().name())));
    }
}
