package io.apsaramqtt.cli;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Principal;
import io.apsaramqtt.policy.Decision;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.ResourceName;
import java.util.List;
import java.util.Optional;

/**
 * Asks policies as a client of the SDK would.
 *
 * <p>Immutable.
 *
 * @param layers all that hold
 * @param source where they were read, in words
 * @param knowledge what is known of the request
 */
record PolicyCheck(PolicyLayers layers, String source, RequestKnowledge knowledge) {

    CheckAnswer publish(PermissionScope scope, TopicName topic) {
        Permissions permissions = permissions(scope);
        return CheckAnswer.of(
                "publish", topic.value(), permissions.checkPublish(topic), permissions.explainPublish(topic.value()));
    }

    CheckAnswer subscribe(PermissionScope scope, TopicFilter filter) {
        Permissions permissions = permissions(scope);
        return CheckAnswer.of(
                "subscribe",
                filter.value(),
                permissions.checkSubscribe(filter),
                permissions.explainSubscribe(filter.value()));
    }

    CheckAnswer action(String action, ResourceName resource) {
        Decision decision = layers.decide(action, resource, knowledge.now());
        Outcome outcome = decision.outcome();
        String title = outcome.isDenied() ? "Not permitted" : outcome == Outcome.ALLOWED ? "Permitted" : "Not known";
        return new CheckAnswer(
                "action",
                action + " on " + resource,
                outcome,
                Optional.empty(),
                List.of(new CheckAnswer.Asked(action, resource, decision, false)),
                title + ": " + action + " on " + resource + System.lineSeparator() + "  outcome    " + outcome);
    }

    private Permissions permissions(PermissionScope scope) {
        EffectivePermissions effective = new EffectivePermissions(
                Principal.unknown(),
                new Grants.Policies(layers),
                knowledge.clock().instant(),
                source);
        return new Permissions(scope, () -> effective, Optional::empty, knowledge.clock());
    }
}
