package io.apsaramqtt.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Effect;
import io.apsaramqtt.policy.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules are written "+PS alarms/#": allow (or "-": deny) publish and subscribe. */
class TopicRulesTest {

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            none,                       alarms,       IMPLICIT_DENY
            +P alarms,                  alarms,       ALLOWED
            +P alarms,                  alarms/a,     IMPLICIT_DENY
            +P alarms/#,                alarms,       ALLOWED
            +P alarms/#,                alarms/a/b,   ALLOWED
            +P alarms/+,                alarms/a/b,   IMPLICIT_DENY
            +P #,                       $SYS/a,       IMPLICIT_DENY
            +S alarms/#,                alarms,       IMPLICIT_DENY
            +PS alarms/#,               alarms,       ALLOWED
            -P alarms/#,                alarms,       EXPLICIT_DENY
            -S alarms/#,                alarms,       IMPLICIT_DENY
            -P alarms/#; +P alarms/a,   alarms/a,     UNKNOWN
            +P alarms/a; -P alarms/#,   alarms/a,     UNKNOWN
            +P alarms/a; -P alarms/#,   alarms/b,     EXPLICIT_DENY
            +P alarms/a; -S alarms/#,   alarms/a,     ALLOWED
            +P billing; +P alarms,      alarms,       ALLOWED
            +P alarms; -P billing,      alarms,       ALLOWED
            -P billing,                 alarms,       IMPLICIT_DENY
            """)
    void aPublishIsJudgedByTheRulesThatMatchItsTopic(@Nullable String rules, String topic, Outcome expected) {
        assertThat(rules(rules).publish(TopicName.of(topic))).isEqualTo(expected);
        assertThat(reversed(rules(rules)).publish(TopicName.of(topic))).isEqualTo(expected);
        assertThat(permissions(rules).checkPublish(TopicName.of(topic)).outcome())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            none,                         alarms/#,     IMPLICIT_DENY
            +S alarms/#,                  alarms/#,     ALLOWED
            +S alarms/#,                  alarms/+/x,   ALLOWED
            +S alarms/+,                  alarms/#,     IMPLICIT_DENY
            +S alarms/#,                  #,            IMPLICIT_DENY
            +S alarms/a; +S alarms/b,     alarms/+,     IMPLICIT_DENY
            +P alarms/#,                  alarms/#,     IMPLICIT_DENY
            +PS alarms/#,                 alarms/#,     ALLOWED
            +S alarms/#,                  $share/g/alarms/#, ALLOWED
            -S alarms/#,                  alarms/a,     EXPLICIT_DENY
            -S alarms/a,                  alarms/#,     IMPLICIT_DENY
            -S alarms/#; +S alarms/#,     alarms/a,     UNKNOWN
            +S alarms/#; -S alarms/a,     alarms/#,     UNKNOWN
            +S alarms/#; -S alarms/a,     alarms/+,     UNKNOWN
            +S alarms/#; -S alarms/a,     alarms/b,     ALLOWED
            +S alarms/#; -S alarms/a,     alarms/a,     UNKNOWN
            +S alarms/#; -P alarms/a,     alarms/#,     ALLOWED
            +S alarms/#; -S billing/#,    alarms/#,     ALLOWED
            +S alarms/b; -S alarms/+,     alarms/+,     EXPLICIT_DENY
            +S alarms/a; -S alarms/b,     alarms/+,     IMPLICIT_DENY
            +S alarms/a; -S alarms/a,     alarms/+,     IMPLICIT_DENY
            +S alarms/a; +S alarms/#,     alarms/+,     ALLOWED
            +S alarms; +S alarms/+/#,     alarms/#,     UNKNOWN
            +S alarms; +S alarms/+/#,     $share/g/alarms/#, UNKNOWN
            +S alarms; +S alarms/+; +S alarms/+/+/#, alarms/#, UNKNOWN
            +S alarms; +P alarms/+/#,     alarms/#,     IMPLICIT_DENY
            +S alarms; +S alarms/+,       alarms/#,     IMPLICIT_DENY
            +S alarms; +S alarms/a/#; +S alarms/b/#, alarms/#, IMPLICIT_DENY
            +S alarms; +S alarms/+/#; -S billing, alarms/#, UNKNOWN
            +S alarms; +S alarms/+/#; -S alarms/a, alarms/#, UNKNOWN
            +S alarms; +S alarms/+/#; -S alarms/#, alarms/#, UNKNOWN
            +S alarms; +S alarms/+; -S alarms/#, alarms/#, EXPLICIT_DENY
            -S alarms; -S alarms/+/#,     alarms/#,     IMPLICIT_DENY
            """)
    void aSubscribeIsJudgedByTheRulesThatCoverItsFilterAloneOrTogether(
            @Nullable String rules, String filter, Outcome expected) {
        assertThat(rules(rules).subscribe(TopicFilter.of(filter))).isEqualTo(expected);
        assertThat(reversed(rules(rules)).subscribe(TopicFilter.of(filter))).isEqualTo(expected);
        assertThat(permissions(rules).checkSubscribe(TopicFilter.of(filter)).outcome())
                .isEqualTo(expected);
    }

    @Test
    void rulesAreAskedByTheWholeTopicAndTheirVerdictsRemembered() {
        Permissions permissions = permissions("+PS alarms/a");
        Verdict allowed = permissions.checkPublish(TopicName.of("alarms/a"));
        assertThat(permissions.checkPublish(TopicName.of("alarms/a"))).isSameAs(allowed);
        assertThat(permissions.checkPublish(TopicName.of("alarms/b")).outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
        Verdict subscribed = permissions.checkSubscribe(TopicFilter.of("alarms/a"));
        assertThat(subscribed.outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(permissions.checkSubscribe(TopicFilter.of("alarms/a"))).isSameAs(subscribed);
        assertThat(permissions.checkSubscribe(TopicFilter.of("alarms/+")).outcome())
                .isEqualTo(Outcome.IMPLICIT_DENY);
        assertThat(allowed.parts()).isEmpty();
        assertThat(allowed.changesWithTime()).isFalse();
    }

    @Test
    void aRuleIsToldInWords() {
        assertThat(rule("+PS alarms/#")).hasToString("allow publish to, subscribe to alarms/#");
        assertThat(rule("-P billing")).hasToString("deny publish to billing");
    }

    @Test
    void anAllowIsExplained() {
        assertThat(permissions("+P alarms/#").explainPublish("alarms/a")).isEqualToNormalizingNewlines("""
                        Permitted: publish to 'alarms/a'
                          outcome    allowed by a topic rule
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)""");
    }

    @Test
    void aMissingRuleIsExplainedWithWhatToDo() {
        assertThat(permissions("+P alarms/#; -P billing").explainSubscribe("alarms/a"))
                .isEqualToNormalizingNewlines("""
                        Not permitted: subscribe to 'alarms/a'
                          outcome    implicit deny: none of 2 topic rules allows it
                          principal  RAM user sensor-gateway (AccessKey LTAI5t****Qx9)
                          read at    2026-11-21T16:00:00Z from policy.json (fresh, 12 s old)
                          to allow   apply for a token, or add a rule, that covers 'alarms/a'""");
        assertThat(permissions("+P alarms/#").explainSubscribe("alarms/a")).contains("none of 1 topic rule allows it");
    }

    @Test
    void aDenyAndAnOpenQuestionAreExplained() {
        assertThat(permissions("-P alarms/#").explainPublish("alarms/a"))
                .contains("  outcome    explicit deny by a topic rule")
                .contains("  to permit  apply for a token, or add a rule, that covers 'alarms/a'");
        assertThat(permissions("-P alarms/#; +P alarms/a").explainPublish("alarms/a"))
                .contains("unknown: one topic rule allows it and another denies it or a part of it; the broker decides")
                .doesNotContain("to allow");
        assertThat(permissions("+S alarms/#; -S alarms/a; +S alarms").explainSubscribe("alarms/#"))
                .contains(
                        "unknown: one topic rule allows it and another denies it or a part of it; the broker decides");
    }

    @Test
    void anAllowOfSeveralRulesTogetherIsExplained() {
        assertThat(permissions("+S alarms; +S alarms/+/#").explainSubscribe("alarms/#"))
                .contains("Not known: subscribe to 'alarms/#'")
                .contains("unknown: no topic rule allows all of it, though several do together; the broker decides")
                .doesNotContain("to allow");
    }

    private static Permissions permissions(@Nullable String rules) {
        return Granted.by().permissions(new Grants.Rules(rules(rules)));
    }

    private static TopicRules rules(@Nullable String text) {
        return new TopicRules(
                text == null
                        ? List.of()
                        : Arrays.stream(text.split("; ", -1))
                                .map(TopicRulesTest::rule)
                                .toList());
    }

    private static TopicRules reversed(TopicRules rules) {
        List<TopicRule> reversed = new ArrayList<>(rules.rules());
        Collections.reverse(reversed);
        return new TopicRules(reversed);
    }

    private static TopicRule rule(String text) {
        String[] parts = text.split(" ", -1);
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        if (parts[0].contains("P")) {
            operations.add(Operation.PUBLISH);
        }
        if (parts[0].contains("S")) {
            operations.add(Operation.SUBSCRIBE);
        }
        return new TopicRule(
                parts[0].startsWith("+") ? Effect.ALLOW : Effect.DENY, operations, TopicFilter.of(parts[1]));
    }
}
