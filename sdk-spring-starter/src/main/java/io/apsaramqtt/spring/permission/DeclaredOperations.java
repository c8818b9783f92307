package io.apsaramqtt.spring.permission;

import io.apsaramqtt.advice.LeastPrivilege;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.listener.MqttListenerContainer;
import io.apsaramqtt.spring.listener.MqttListenerRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * All that the application declares that it does: the filters of its {@code @MqttListener} methods, with their dead letter topics
 * and those of their {@code @SendTo}, the topics of {@link PublishesTo}, and those of {@code apsara.mqtt.publish-topics}; and what
 * the permissions of each client say of it now.
 *
 * <p>Thread-safe. Blocks only where the permissions of a client have never been read yet.
 */
public final class DeclaredOperations {

    private static final Logger log = LoggerFactory.getLogger(DeclaredOperations.class);

    private final MqttClients clients;
    private final MqttListenerRegistry listeners;
    private final PublishDeclarations annotated;
    private final Function<String, Collection<TopicName>> configured;
    private final Function<String, Optional<LeastPrivilege>> grants;
    private volatile @Nullable Map<String, List<Declaration>> published;

    /**
     * What these beans declare for these clients. Nothing is asked yet.
     *
     * @param clients all of them
     * @param listeners all of them
     * @param beans may have {@link PublishesTo}; none is made for it
     * @param configured tells which topics a client, by name, publishes to as well
     * @param grants tells for which instance and group a client, by name, asks, if that is known
     */
    public DeclaredOperations(
            MqttClients clients,
            MqttListenerRegistry listeners,
            ConfigurableListableBeanFactory beans,
            Function<String, Collection<TopicName>> configured,
            Function<String, Optional<LeastPrivilege>> grants) {
        this.clients = clients;
        this.listeners = listeners;
        this.annotated = new PublishDeclarations(beans, clients);
        this.configured = configured;
        this.grants = grants;
    }

    /** What the permissions of all clients say now, client by client. Throws as {@link #check(String)} does. */
    public List<CheckedOperation> check() {
        return clients.all().keySet().stream()
                .flatMap(client -> check(client).stream())
                .toList();
    }

    /**
     * What the permissions of this client say now: subscriptions first, each operation once. Where they cannot be read, all is
     * unknown, with the reason.
     *
     * @throws IllegalArgumentException if there is no such client
     * @throws InvalidPublishesToException if a declaration cannot be
     */
    public List<CheckedOperation> check(String client) {
        Permissions permissions = clients.get(client).permissions();
        List<CheckedOperation> checked = new ArrayList<>();
        String unreadable = null;
        for (Declaration declared : declared(client)) {
            if (unreadable == null) {
                try {
                    checked.add(declared.checked(client, permissions));
                    continue;
                } catch (RuntimeException e) {
                    // Each question would read them again, and a source of the application may throw anything.
                    log.debug("Permissions of client [{}] cannot be read", client, e);
                    unreadable = "The permissions cannot be read, the broker decides: " + e.getMessage();
                }
            }
            checked.add(declared.unknown(client, unreadable));
        }
        return List.copyOf(checked);
    }

    /**
     * The same operations, all unknown: the permissions are not asked.
     *
     * @param reason why not, a sentence
     * @throws InvalidPublishesToException if a declaration cannot be
     */
    public List<CheckedOperation> unasked(String client, String reason) {
        return declared(client).stream()
                .map(declared -> declared.unknown(client, reason))
                .toList();
    }

    /**
     * The policy that allows this client all that is declared and nothing else, as a document in JSON. Empty if nothing is
     * declared, the instance is not known here, or RAM cannot say it, as for a wildcard in place of a parent topic.
     */
    public Optional<String> policy(String client) {
        Collection<Declaration> declared = declared(client);
        TopicName[] topics =
                topics(declared, Operation.PUBLISH).map(TopicName::of).toArray(TopicName[]::new);
        TopicFilter[] filters =
                topics(declared, Operation.SUBSCRIBE).map(TopicFilter::of).toArray(TopicFilter[]::new);
        try {
            return grants.apply(client)
                    .map(needs -> needs.publishing(topics)
                            .subscribing(filters)
                            .policy()
                            .document());
        } catch (IllegalArgumentException e) {
            log.debug("There is no policy for client [{}] alone", client, e);
            return Optional.empty();
        }
    }

    private static Stream<String> topics(Collection<Declaration> declared, Operation operation) {
        return declared.stream().filter(each -> each.operation() == operation).map(Declaration::topic);
    }

    private Collection<Declaration> declared(String client) {
        List<MqttListenerContainer> containers = listeners.containers().stream()
                .filter(container -> container.client().equals(client))
                .toList();
        Stream<Declaration> properties = configured.apply(client).stream()
                .map(topic -> Declaration.publish(topic, "apsara.mqtt.publish-topics"));
        Stream<Declaration> annotations = published().getOrDefault(client, List.of()).stream();
        return Stream.of(
                        containers.stream().flatMap(DeclaredOperations::filters),
                        annotations,
                        properties,
                        containers.stream().flatMap(DeclaredOperations::publishes))
                .flatMap(each -> each)
                .collect(Collectors.toMap(
                        each -> each.operation() + each.topic(),
                        each -> each,
                        (first, again) -> first,
                        LinkedHashMap::new))
                .values();
    }

    private static Stream<Declaration> filters(MqttListenerContainer container) {
        return container.filters().stream().map(filter -> Declaration.subscribe(filter, container.listener()));
    }

    private static Stream<Declaration> publishes(MqttListenerContainer container) {
        return Stream.concat(
                container.replyTopics().stream()
                        .map(topic -> Declaration.publish(topic, container.listener() + " with @SendTo")),
                container.deadLetterTopic().stream()
                        .map(topic -> Declaration.publish(topic, container.listener() + " as dead letter topic")));
    }

    /** Looked for once: the classes of beans do not change. */
    private Map<String, List<Declaration>> published() {
        Map<String, List<Declaration>> known = published;
        if (known == null) {
            known = annotated.find();
            published = known;
        }
        return known;
    }
}
