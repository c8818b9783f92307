package io.apsaramqtt.permission;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Effect;
import io.apsaramqtt.policy.Outcome;
import java.util.List;

/**
 * The topic rules of one principal. A subscription is allowed by a rule whose filter covers the whole of the one asked for.
 * Without any matching rule it is an implicit deny. No page of the service says which of a matching allow and a matching deny
 * wins: with both the outcome is unknown.
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
        boolean allowed = false;
        boolean denied = false;
        for (TopicRule rule : rules) {
            if (rule.operations().contains(Operation.PUBLISH) && rule.filter().matches(topic)) {
                allowed |= rule.effect() == Effect.ALLOW;
                denied |= rule.effect() == Effect.DENY;
            }
        }
        return outcome(allowed, denied);
    }

    Outcome subscribe(TopicFilter filter) {
        boolean allowed = false;
        boolean denied = false;
        boolean partlyDenied = false;
        for (TopicRule rule : rules) {
            if (rule.operations().contains(Operation.SUBSCRIBE)) {
                boolean covers = rule.filter().covers(filter);
                allowed |= covers && rule.effect() == Effect.ALLOW;
                denied |= covers && rule.effect() == Effect.DENY;
                partlyDenied |= rule.effect() == Effect.DENY && rule.filter().overlaps(filter);
            }
        }
        // What the broker does with an allowed filter of which some topics are denied, no page says.
        return allowed && partlyDenied ? Outcome.UNKNOWN : outcome(allowed, denied);
    }

    private static Outcome outcome(boolean allowed, boolean denied) {
        if (denied) {
            return allowed ? Outcome.UNKNOWN : Outcome.EXPLICIT_DENY;
        }
        return allowed ? Outcome.ALLOWED : Outcome.IMPLICIT_DENY;
    }
}
