package io.apsaramqtt.spring.test;

import io.apsaramqtt.mqtt.ClientId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * A client as the properties have it. Immutable.
 *
 * @param name its name under {@code apsara.mqtt.clients}; empty for the one that has none
 * @param instanceId the instance that it connects to
 * @param groupId the group that it belongs to
 */
record ConfiguredClient(Optional<String> name, String instanceId, String groupId) {

    private static final String PREFIX = "apsara.mqtt.";
    private static final String GROUP = "GID_embedded";

    /** All of an application; one that has neither client ID nor group is given a group, as a property. */
    static List<ConfiguredClient> all(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        Set<String> names = new LinkedHashSet<>(Binder.get(environment)
                .bind(PREFIX + "clients", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet());
        List<Optional<String>> clients = names.isEmpty()
                ? List.of(Optional.empty())
                : names.stream().map(Optional::of).toList();
        if (clients.stream().anyMatch(name -> groupId(environment, name).isEmpty())) {
            TestPropertyValues.of(PREFIX + "group-id=" + GROUP).applyTo(context);
        }
        return clients.stream()
                .map(name -> new ConfiguredClient(
                        name,
                        property(environment, name, "instance-id").orElse("post-cn-embedded"),
                        groupId(environment, name).orElse(GROUP)))
                .toList();
    }

    private static Optional<String> groupId(Environment environment, Optional<String> name) {
        return property(environment, name, "group-id")
                .or(() -> property(environment, name, "client-id")
                        .flatMap(id -> ClientId.of(id).groupId()));
    }

    /** What a client says, or what holds for all. */
    private static Optional<String> property(Environment environment, Optional<String> name, String property) {
        return name.map(own -> environment.getProperty(PREFIX + "clients." + own + "." + property))
                .or(() -> Optional.ofNullable(environment.getProperty(PREFIX + property)))
                .filter(value -> !value.isBlank());
    }
}
