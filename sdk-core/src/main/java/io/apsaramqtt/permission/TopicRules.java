package io.apsaramqtt.permission;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Effect;
import io.apsaramqtt.policy.Outcome;
import java.util.List;

/**
 * The topic rules of one principal. A subscription is allowed by a rule whose filter covers the whole of the one asked for.
 * Without an allow it is an implicit deny.
 *
 * <p>What no page of the service says makes the outcome unknown: which of a matching allow and a matching deny wins; what
 * becomes of an allowed subscription of which some topics are denied; and whether several allows count that cover all of a
 * filter together, such as {@code alarms} and {@code alarms/+/#} for {@code alarms/#}. Where there is a topic of the filter
 * that no rule allows, the deny is certain.
 *
 * <p>Immutable.
 *
 * @param rules all of them; their order does not matter
 */
public record TopicRules(List<TopicRule> rules) {

    /** Copies the rules. */
    public TopicRules {
        rules = List.copyOf(rules);
    }

    Outcome publish(TopicName topic) {
        boolean allowed = filters(Operation.PUBLISH, Effect.ALLOW).stream().anyMatch(rule -> rule.matches(topic));
        boolean denied = filters(Operation.PUBLISH, Effect.DENY).stream().anyMatch(rule -> rule.matches(topic));
        if (denied) {
            return allowed ? Outcome.UNKNOWN : Outcome.EXPLICIT_DENY;
        }
        return allowed ? Outcome.ALLOWED : Outcome.IMPLICIT_DENY;
    }

    Outcome subscribe(TopicFilter filter) {
        List<TopicFilter> denying = filters(Operation.SUBSCRIBE, Effect.DENY);
        if (!filter.isCoveredBy(filters(Operation.SUBSCRIBE, Effect.ALLOW))) {
            boolean denied = denying.stream().anyMatch(rule -> rule.covers(filter));
            return denied ? Outcome.EXPLICIT_DENY : Outcome.IMPLICIT_DENY;
        }
        boolean partlyDenied = denying.stream().anyMatch(rule -> rule.overlaps(filter));
        return partlyDenied || !isAllowedByOne(filter) ? Outcome.UNKNOWN : Outcome.ALLOWED;
    }

    /** Why the outcome is unknown, where it is. */
    String openQuestion(Operation operation, String topic) {
        return operation == Operation.PUBLISH || isAllowedByOne(TopicFilter.of(topic))
                ? "one topic rule allows it and another denies it or a part of it"
                : "no topic rule allows all of it, though several do together";
    }

    private boolean isAllowedByOne(TopicFilter filter) {
        return filters(Operation.SUBSCRIBE, Effect.ALLOW).stream().anyMatch(rule -> rule.covers(filter));
    }

    private List<TopicFilter> filters(Operation operation, Effect effect) {
        return rules.stream()
                .filter(rule -> rule.effect() == effect && rule.operations().contains(operation))
                .map(TopicRule::filter)
                .toList();
    }
}
