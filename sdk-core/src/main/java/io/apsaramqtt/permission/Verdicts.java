package io.apsaramqtt.permission;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.PolicyLayers;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The verdicts that one state of the permissions gives, remembered; swapped as a whole when the permissions change. */
interface Verdicts {

    /** The state they are made from. */
    EffectivePermissions permissions();

    Verdict publish(TopicName topic);

    Verdict subscribe(TopicFilter filter);

    static Verdicts of(EffectivePermissions permissions, PermissionScope scope, Clock clock) {
        if (permissions.grants() instanceof Grants.Policies granted) {
            return new OfPolicies(permissions, granted.layers(), scope, clock, new Memory(), new Memory());
        }
        if (permissions.grants() instanceof Grants.Rules granted) {
            return new OfRules(permissions, granted.rules(), new Memory(), new Memory());
        }
        return new OfNothing(permissions);
    }

    /** By parent topic, which is all that RAM knows. */
    record OfPolicies(
            EffectivePermissions permissions,
            PolicyLayers layers,
            PermissionScope scope,
            Clock clock,
            Memory published,
            Memory subscribed)
            implements Verdicts {

        @Override
        public Verdict publish(TopicName topic) {
            String parentTopic = topic.parentTopic();
            return published.get(
                    parentTopic,
                    () -> PolicyVerdicts.of(
                            layers, scope.catalogue().publish(parentTopic), scope.context(clock.instant())));
        }

        @Override
        public Verdict subscribe(TopicFilter filter) {
            String parentTopic = filter.startsWithWildcard() ? null : filter.parentTopic();
            return subscribed.get(
                    filter.parentTopic(),
                    () -> PolicyVerdicts.of(
                            layers,
                            scope.catalogue().subscribe(parentTopic, scope.groupId()),
                            scope.context(clock.instant())));
        }
    }

    /** By whole topic. */
    record OfRules(EffectivePermissions permissions, TopicRules rules, Memory published, Memory subscribed)
            implements Verdicts {

        @Override
        public Verdict publish(TopicName topic) {
            return published.get(topic.value(), () -> Verdict.withoutParts(rules.publish(topic)));
        }

        @Override
        public Verdict subscribe(TopicFilter filter) {
            return subscribed.get(filter.value(), () -> Verdict.withoutParts(rules.subscribe(filter)));
        }
    }

    /** Nothing was read. */
    record OfNothing(EffectivePermissions permissions) implements Verdicts {

        @Override
        public Verdict publish(TopicName topic) {
            return Verdict.NOTHING_READ;
        }

        @Override
        public Verdict subscribe(TopicFilter filter) {
            return Verdict.NOTHING_READ;
        }
    }

    /** What was answered before, but for what changes with time. Thread-safe. */
    final class Memory {

        /** Above this a program makes its topics up; their verdicts are computed each time. */
        private static final int MAX = 10_000;

        private final ConcurrentMap<String, Verdict> known = new ConcurrentHashMap<>();

        Verdict get(String topic, Supplier<Verdict> decide) {
            Verdict verdict = known.get(topic);
            if (verdict != null) {
                return verdict;
            }
            Verdict decided = decide.get();
            if (decided.changesWithTime() || known.size() >= MAX) {
                return decided;
            }
            Verdict before = known.putIfAbsent(topic, decided);
            return before == null ? decided : before;
        }
    }
}
