package io.apsaramqtt.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Effect;
import io.apsaramqtt.policy.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Topic rules against each single topic of a small alphabet. */
class TopicRulesPropertyTest {

    /** One level more, and one more name ("c"), than the rules have. */
    private static final List<TopicName> TOPICS = topics();

    private static final List<String> FILTERS = List.of(
            "a", "a", "+", "a/+", "a/+", "a/+/#", "a/+/#", "+/+", "+/+/#", "a/+/+", "a/+/+/#", "a/b", "a/b/#", "a/#",
            "#");

    @Property(tries = 1_500)
    @StatisticsReport(onFailureOnly = true)
    void aDenyIsCertainWhereSomeTopicIsAllowedByNoRule(
            @ForAll("rules") TopicRules rules, @ForAll("asked") TopicFilter filter) {
        List<TopicName> topics = TOPICS.stream().filter(filter::matches).toList();
        boolean eachAllowed = topics.stream().allMatch(topic -> any(rules, Effect.ALLOW, f -> f.matches(topic)));
        boolean someDenied = topics.stream().anyMatch(topic -> any(rules, Effect.DENY, f -> f.matches(topic)));
        boolean oneAllows = any(rules, Effect.ALLOW, rule -> topics.stream().allMatch(rule::matches));
        boolean oneDenies = any(rules, Effect.DENY, rule -> topics.stream().allMatch(rule::matches));
        Outcome expected = !eachAllowed
                ? oneDenies ? Outcome.EXPLICIT_DENY : Outcome.IMPLICIT_DENY
                : oneAllows && !someDenied ? Outcome.ALLOWED : Outcome.UNKNOWN;
        assertThat(rules.subscribe(filter)).as("%s: %s", filter, rules).isEqualTo(expected);
        Statistics.collect(expected == Outcome.UNKNOWN && !someDenied ? "TOGETHER" : expected.name());
        Statistics.coverage(seen -> {
            for (String each : List.of("ALLOWED", "EXPLICIT_DENY", "IMPLICIT_DENY", "UNKNOWN", "TOGETHER")) {
                seen.check(each).count(count -> count > 10);
            }
        });
    }

    @Property(tries = 1_000)
    void oneRuleMoreAllowsOrDeniesAsItSays(
            @ForAll("rules") TopicRules rules, @ForAll("rule") TopicRule rule, @ForAll("asked") TopicFilter filter) {
        List<TopicRule> more = new ArrayList<>(rules.rules());
        more.add(rule);
        int before = freedom(rules.subscribe(filter));
        int after = freedom(new TopicRules(more).subscribe(filter));
        if (rule.effect() == Effect.ALLOW) {
            assertThat(after).isGreaterThanOrEqualTo(before);
        } else {
            assertThat(after).isLessThanOrEqualTo(before);
        }
        Collections.reverse(more);
        assertThat(freedom(new TopicRules(more).subscribe(filter))).isEqualTo(after);
    }

    private static int freedom(Outcome outcome) {
        return outcome.isDenied() ? 0 : outcome == Outcome.UNKNOWN ? 1 : 2;
    }

    private static boolean any(TopicRules rules, Effect effect, Predicate<TopicFilter> wanted) {
        return rules.rules().stream()
                .filter(rule -> rule.effect() == effect && rule.operations().contains(Operation.SUBSCRIBE))
                .map(TopicRule::filter)
                .anyMatch(wanted);
    }

    @Provide
    Arbitrary<TopicRules> rules() {
        return rule().list().ofMaxSize(7).map(TopicRules::new);
    }

    @Provide
    Arbitrary<TopicRule> rule() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(8, Arbitraries.just(Effect.ALLOW)),
                                Tuple.of(1, Arbitraries.just(Effect.DENY))),
                        Arbitraries.of(
                                EnumSet.allOf(Operation.class),
                                EnumSet.of(Operation.SUBSCRIBE),
                                EnumSet.of(Operation.SUBSCRIBE),
                                EnumSet.of(Operation.PUBLISH)),
                        Arbitraries.of(FILTERS).map(TopicFilter::of))
                .as(TopicRule::new);
    }

    @Provide
    Arbitrary<TopicFilter> asked() {
        return Arbitraries.oneOf(Arbitraries.of("a/#", "a/+/#", "#"), Arbitraries.of(FILTERS))
                .map(TopicFilter::of);
    }

    private static List<TopicName> topics() {
        List<TopicName> all = new ArrayList<>();
        List<String> names = List.of("a", "b", "c");
        List<String> longest = names;
        for (int length = 1; length <= 5; length++) {
            longest.stream().map(TopicName::of).forEach(all::add);
            longest = longest.stream()
                    .flatMap(start -> names.stream().map(name -> start + "/" + name))
                    .toList();
        }
        return all;
    }
}
