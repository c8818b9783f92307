package io.apsaramqtt.permission;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.resource.Candidate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

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

    /**
     * By parent topic, which is all that RAM knows: a fleet of topics under one parent topic takes the room of one. What is
     * remembered is looked up before anything is made for the decision, so that a known topic costs no allocation.
     */
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
            Verdict known = published.get(parentTopic);
            return known != null
                    ? known
                    : published.keep(parentTopic, decide(scope.catalogue().publish(parentTopic)));
        }

        @Override
        public Verdict subscribe(TopicFilter filter) {
            String parentTopic = filter.parentTopic();
            Verdict known = subscribed.get(parentTopic);
            if (known != null) {
                return known;
            }
            String named = filter.startsWithWildcard() ? null : parentTopic;
            return subscribed.keep(parentTopic, decide(scope.catalogue().subscribe(named, scope.groupId())));
        }

        private Verdict decide(List<Candidate> candidates) {
            return PolicyVerdicts.of(layers, candidates, scope.context(clock.instant()));
        }
    }

    /** By whole topic. */
    record OfRules(EffectivePermissions permissions, TopicRules rules, Memory published, Memory subscribed)
            implements Verdicts {

        @Override
        public Verdict publish(TopicName topic) {
            Verdict known = published.get(topic.value());
            return known != null ? known : published.keep(topic.value(), Verdict.withoutParts(rules.publish(topic)));
        }

        @Override
        public Verdict subscribe(TopicFilter filter) {
            Verdict known = subscribed.get(filter.value());
            return known != null
                    ? known
                    : subscribed.keep(filter.value(), Verdict.withoutParts(rules.subscribe(filter)));
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

        @Nullable
        Verdict get(String topic) {
            return known.get(topic);
        }

        /** The verdict to answer with: this one, or the same that another thread kept first. */
        Verdict keep(String topic, Verdict decided) {
            if (decided.changesWithTime() || known.size() >= MAX) {
                return decided;
            }
            Verdict before = known.putIfAbsent(topic, decided);
            return before == null ? decided : before;
        }
    }
}
