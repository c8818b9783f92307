package io.apsaramqtt.permission;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.policy.Effect;
import java.util.Set;

/**
 * A permission that names topics by an MQTT filter: one of a token's resources, or a row of custom authentication (service
 * pages "ApplyToken", "Custom authentication overview").
 *
 * <p>Immutable.
 *
 * @param effect grants or refuses
 * @param operations publish, subscribe, or both
 * @param filter the topics; for a subscribe, a filter that covers every topic of the one asked for
 */
public record TopicRule(Effect effect, Set<Operation> operations, TopicFilter filter) {

    /** Copies the operations. */
    public TopicRule {
        operations = Set.copyOf(operations);
    }

    /** A rule that grants these operations on the topics of {@code filter}. */
    public static TopicRule allow(Set<Operation> operations, TopicFilter filter) {
        return new TopicRule(Effect.ALLOW, operations, filter);
    }

    /** {@code allow publish to, subscribe to alarms/#}. */
    @Override
    public String toString() {
        return (effect == Effect.ALLOW ? "allow " : "deny ")
                + String.join(
                        ", ",
                        operations.stream().sorted().map(Operation::toString).toList()) + " " + filter;
    }
}
