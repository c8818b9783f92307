package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.TopicRule;
import io.apsaramqtt.spring.permission.CheckedOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint tells of a client. Texts, so that each JSON library writes it alike; without secrets. Immutable.
 *
 * @param clientId who connects
 * @param mqttVersion which version of MQTT
 * @param status how it is: {@code UP}, {@code DOWN}, {@code OUT_OF_SERVICE} or {@code UNKNOWN}
 * @param connection state, endpoint, and the last failure
 * @param subscriptions what it is subscribed to, or will be
 * @param permissions the local copy of its permissions, null if they were never read
 * @param declared what the permissions say of what the application declares; empty if they were never read
 */
record ClientReport(
        String clientId,
        String mqttVersion,
        String status,
        Map<String, Object> connection,
        List<Subscribed> subscriptions,
        @Nullable Granted permissions,
        List<Declared> declared) {

    /**
     * A subscription. Immutable.
     *
     * @param filter the topic filter
     * @param grantedQos what the broker granted, null if it did not yet
     */
    record Subscribed(String filter, @Nullable Integer grantedQos) {}

    /**
     * The local copy of the permissions. Immutable.
     *
     * @param principal whose they are
     * @param source where they were read
     * @param readAt when
     * @param freshness how far they can be trusted
     * @param form policies, topic rules, or why nothing is known
     */
    record Granted(String principal, String source, String readAt, String freshness, List<String> form) {}

    /**
     * A row of the permission table. Immutable.
     *
     * @param operation publish or subscribe
     * @param topic topic name or topic filter
     * @param outcome what the permissions say
     * @param policy the statements that decided, null if none did
     * @param declaredBy class, method or property
     */
    record Declared(
            String operation,
            String topic,
            String outcome,
            @Nullable String policy,
            String declaredBy) {}

    static ClientReport of(ApsaraMqttClient client, ClientHealth health, List<CheckedOperation> declared) {
        return new ClientReport(
                client.clientId().value(),
                client.mqttVersion().name(),
                health.status(),
                health.details(),
                client.subscriptions().stream()
                        .map(filter -> subscribed(filter, client.grantedQos(filter)))
                        .toList(),
                granted(client.permissions()),
                declared.stream().map(ClientReport::declared).toList());
    }

    private static Subscribed subscribed(TopicFilter filter, Optional<Qos> granted) {
        return new Subscribed(filter.value(), granted.map(Qos::code).orElse(null));
    }

    private static @Nullable Granted granted(Permissions permissions) {
        return permissions
                .known()
                .map(known -> new Granted(
                        known.principal().text(),
                        known.source(),
                        known.readAt().toString(),
                        permissions.freshness().name(),
                        form(known)))
                .orElse(null);
    }

    private static List<String> form(EffectivePermissions known) {
        if (known.grants() instanceof Grants.Rules granted) {
            return granted.rules().rules().stream().map(TopicRule::toString).toList();
        }
        return List.of(known.grants() instanceof Grants.Unknown unknown ? "unknown: " + unknown.reason() : "policies");
    }

    private static Declared declared(CheckedOperation checked) {
        return new Declared(
                checked.operation().name(),
                checked.topic(),
                checked.outcome().name(),
                checked.policy().orElse(null),
                checked.declaredBy());
    }
}
