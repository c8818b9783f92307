package io.apsaramqtt.spring.test;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.spring.autoconfigure.ApsaraMqttProperties;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A client as the properties have it. Immutable.
 *
 * @param name its name, {@code default} for the one that has none
 * @param instanceId the instance that it connects to
 * @param groupId the group that it belongs to
 */
record ConfiguredClient(String name, String instanceId, String groupId) {

    private static final String GROUP = "GID_embedded";

    /** All of an application; one that has neither client ID nor group is given a group, as a property. */
    static List<ConfiguredClient> all(ConfigurableApplicationContext context) {
        Map<String, ApsaraMqttProperties> clients = ApsaraMqttProperties.byClient(context.getEnvironment());
        if (clients.values().stream().anyMatch(client -> groupId(client).isEmpty())) {
            TestPropertyValues.of("apsara.mqtt.group-id=" + GROUP).applyTo(context);
        }
        return clients.entrySet().stream()
                .map(client -> new ConfiguredClient(
                        client.getKey(),
                        said(client.getValue().instanceId()).orElse("post-cn-embedded"),
                        groupId(client.getValue()).orElse(GROUP)))
                .toList();
    }

    private static Optional<String> groupId(ApsaraMqttProperties client) {
        return said(client.groupId())
                .or(() -> said(client.clientId()).flatMap(id -> ClientId.of(id).groupId()));
    }

    private static Optional<String> said(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
