package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.permission.CheckedOperation;
import io.apsaramqtt.spring.permission.DeclaredOperations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code apsaramqtt}: all clients, one of them, why it may or may not do something, and reading its
 * permissions anew. Thread-safe.
 */
@Endpoint(id = "apsaramqtt")
final class ApsaraMqttEndpoint {

    private final MqttClients clients;
    private final ConnectionHistory history;
    private final Optional<DeclaredOperations> declared;

    ApsaraMqttEndpoint(MqttClients clients, ConnectionHistory history, Optional<DeclaredOperations> declared) {
        this.clients = clients;
        this.history = history;
        this.declared = declared;
    }

    /**
     * An answer of the permissions. Immutable.
     *
     * @param operation publish or subscribe
     * @param topic topic name or topic filter
     * @param outcome what the permissions say
     * @param explanation why, line by line
     */
    record Explained(String operation, String topic, String outcome, List<String> explanation) {}

    /** All clients by name. */
    @ReadOperation
    Map<String, ClientReport> clients() {
        Map<String, ClientReport> reports = new LinkedHashMap<>();
        clients.all().forEach((name, client) -> reports.put(name, report(name, client)));
        return reports;
    }

    /** One client; null, which is answered with 404, if there is none of this name. */
    @ReadOperation
    @Nullable
    ClientReport client(@Selector String client) {
        ApsaraMqttClient known = clients.all().get(client);
        return known == null ? null : report(client, known);
    }

    private ClientReport report(String name, ApsaraMqttClient client) {
        return ClientReport.of(client, ClientHealth.of(client, history.of(name)), declared(name, client.permissions()));
    }

    /** Nothing is asked before the permissions were read: whoever looks must not wait for them. */
    private List<CheckedOperation> declared(String name, Permissions permissions) {
        return permissions.known().isEmpty()
                ? List.of()
                : declared.map(all -> all.check(name)).orElse(List.of());
    }

    /** Whether the client may {@code publish} or {@code subscribe} to a topic, and why; blocks where that was never read. */
    @ReadOperation
    @Nullable
    Explained explain(@Selector String client, @Selector String operation, String topic) {
        ApsaraMqttClient known = clients.all().get(client);
        if (known == null) {
            return null;
        }
        Permissions permissions = known.permissions();
        try {
            return switch (operation) {
                case "publish" ->
                    explained(
                            operation,
                            topic,
                            permissions.checkPublish(TopicName.of(topic)),
                            permissions.explainPublish(topic));
                case "subscribe" ->
                    explained(
                            operation,
                            topic,
                            permissions.checkSubscribe(TopicFilter.of(topic)),
                            permissions.explainSubscribe(topic));
                default ->
                    throw invalid("Operation [" + operation + "] does not exist; allowed are publish and subscribe");
            };
        } catch (InvalidMqttValueException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Explained explained(String operation, String topic, Verdict verdict, String explanation) {
        return new Explained(
                operation,
                topic,
                verdict.outcome().name(),
                explanation.lines().map(String::strip).toList());
    }

    /** Has the permissions of all clients read anew at their next check, and lets topics out of quarantine. */
    @WriteOperation
    void refreshAll() {
        clients.all().values().forEach(ApsaraMqttClient::refreshPermissions);
    }

    /** Has the permissions of one client read anew at its next check, and lets its topics out of quarantine. */
    @WriteOperation
    void refresh(@Selector String client) {
        ApsaraMqttClient known = clients.all().get(client);
        if (known == null) {
            throw invalid("Client [" + client + "] does not exist; there are "
                    + clients.all().keySet());
        }
        known.refreshPermissions();
    }

    private static InvalidEndpointRequestException invalid(String problem) {
        return new InvalidEndpointRequestException(problem, problem);
    }
}
