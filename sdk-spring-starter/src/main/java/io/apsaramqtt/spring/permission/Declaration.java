package io.apsaramqtt.spring.permission;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.resource.Dialect;
import java.util.List;

/** One operation that the application declares for one client, and where. Immutable. */
record Declaration(Operation operation, String topic, String declaredBy) {

    static Declaration publish(TopicName topic, String declaredBy) {
        return new Declaration(Operation.PUBLISH, topic.value(), declaredBy);
    }

    static Declaration subscribe(TopicFilter filter, String declaredBy) {
        return new Declaration(Operation.SUBSCRIBE, filter.value(), declaredBy);
    }

    /** Throws what the permissions throw if they cannot be read. */
    CheckedOperation checked(String client, Permissions permissions) {
        return operation == Operation.PUBLISH
                ? checked(client, permissions.checkPublish(TopicName.of(topic)), permissions.explainPublish(topic))
                : checked(
                        client, permissions.checkSubscribe(TopicFilter.of(topic)), permissions.explainSubscribe(topic));
    }

    /** Not known, because of {@code reason}. */
    CheckedOperation unknown(String client, String reason) {
        return checked(
                client,
                new Verdict(Outcome.UNKNOWN, Dialect.AUTO, List.of(), false),
                "Not known: " + operation + " '" + topic + "'. " + reason);
    }

    private CheckedOperation checked(String client, Verdict verdict, String explanation) {
        return new CheckedOperation(client, operation, topic, declaredBy, verdict, explanation);
    }
}
