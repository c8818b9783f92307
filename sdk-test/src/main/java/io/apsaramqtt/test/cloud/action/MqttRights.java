package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.Requirement;
import io.apsaramqtt.resource.Requirement.Kind;
import io.apsaramqtt.resource.ResourceCatalogue;
import io.apsaramqtt.resource.ServiceInstance;
import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.account.Caller;
import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a caller needs for the operations of ApsaraMQ for MQTT, in the names of either edition. Immutable. */
final class MqttRights {

    private final Account account;
    private final Authorizer authorizer;

    MqttRights(Account account, Authorizer authorizer) {
        this.account = account;
        this.authorizer = authorizer;
    }

    /**
     * Throws unless the account owns the instance, and the caller has {@code mq:MqttInstanceAccess} on it (service page "API
     * ApplyToken").
     */
    void requireInstance(Caller caller, String instanceId) {
        if (!account.owns(instanceId) || isDenied(caller, "MqttInstanceAccess", instances(instanceId))) {
            throw new CloudErrorException(
                    400,
                    "InstancePermissionCheckFailed",
                    "An error occurred while validating the permissions of the instance. Please verify the account that"
                            + " created the instance and its permissions settings.");
        }
    }

    /** Throws unless the caller may do the operation on the instance. */
    void requireOnInstance(Caller caller, String operation, String instanceId) {
        require(caller, operation, instances(instanceId));
    }

    /** Throws unless the caller may do the operation on the parent topic. */
    void requireOnTopic(Caller caller, String operation, String instanceId, String parentTopic) {
        require(caller, operation, resources(instanceId, parentTopic, Set.of(Kind.TOPIC)));
    }

    private void require(Caller caller, String operation, List<ResourceName> resources) {
        if (isDenied(caller, operation, resources)) {
            throw new CloudErrorException(
                    400,
                    "PermissionCheckFailed",
                    "An error occurred while validating the resource permissions. Please check the account that created"
                            + " the instance, topic, and GroupId, and check their permission settings.");
        }
    }

    /** A policy keeps the names of the edition that it was written for: one allowed name is enough, one denied is too much. */
    private boolean isDenied(Caller caller, String operation, List<ResourceName> resources) {
        Set<Outcome> outcomes = resources.stream()
                .map(resource -> authorizer.outcome(caller, "mq:" + operation, resource))
                .collect(Collectors.toSet());
        return outcomes.contains(Outcome.EXPLICIT_DENY) || outcomes.equals(Set.of(Outcome.IMPLICIT_DENY));
    }

    private List<ResourceName> instances(String instanceId) {
        return resources(instanceId, "any", Set.of(Kind.INSTANCE, Kind.INSTANCE_ADVISED));
    }

    private List<ResourceName> resources(String instanceId, String parentTopic, Set<Kind> kinds) {
        ServiceInstance instance = ServiceInstance.of(instanceId).withAccountId(account.id());
        return Stream.of(Dialect.MQTT_UPGRADED, Dialect.MQTT_PREVIOUS)
                .flatMap(dialect -> new ResourceCatalogue(instance, dialect, true).publish(parentTopic).stream())
                .flatMap(candidate -> candidate.requirements().stream())
                .filter(requirement -> kinds.contains(requirement.kind()))
                .map(Requirement::resource)
                .distinct()
                .toList();
    }
}
