package io.apsaramqtt.advice;

import static io.apsaramqtt.advice.Drafts.allow;
import static io.apsaramqtt.advice.Drafts.deny;
import static io.apsaramqtt.advice.Drafts.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import org.junit.jupiter.api.Test;

class CoverRuleTest {

    private static final String TLS = ",\"Condition\":{\"Bool\":{\"acs:SecureTransport\":\"true\"}}";
    private static final String ALARMS = "topic/post-cn-x/alarms";

    @Test
    void aStatementThatAnotherSaysToIsReported() {
        assertThat(Drafts.of(Rule.UNREACHABLE, allow("mq:PUB", ALARMS), allow("mq:SUB MQ:pub", "topic/post-cn-x/*")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ADVICE);
                    assertThat(found.line()).isEqualTo(2);
                    assertThat(found.message()).contains("statement 1 (line 2)", "statement 2 (line 3) says all of it");
                });
    }

    @Test
    void ofTwoThatSayTheSameTheSecondIsReported() {
        assertThat(Drafts.of(Rule.UNREACHABLE, deny("mq:PUB", ALARMS), deny("mq:PUB", ALARMS)))
                .singleElement()
                .satisfies(found -> assertThat(found.line()).isEqualTo(3));
    }

    @Test
    void aStatementThatSaysMoreInAnyPartIsNotReported() {
        assertThat(Drafts.of(
                        Rule.UNREACHABLE,
                        allow("mq:PUB mq:SUB", ALARMS),
                        allow("mq:PUB", ALARMS + " topic/post-cn-x/billing"),
                        statement("Allow", "mq:*", "topic/*", TLS),
                        deny("mq:PUB", ALARMS)))
                .isEmpty();
        assertThat(Drafts.of(
                        Rule.UNREACHABLE,
                        allow("mq:PUB", "acs:mq:*:*:" + ALARMS),
                        allow("mq:PUB", "acs:mq:cn-hangzhou:*:topic/*")))
                .isEmpty();
    }

    @Test
    void aConditionOfTheNarrowerOneDoesNotMatter() {
        assertThat(Drafts.of(Rule.UNREACHABLE, statement("Allow", "mq:PUB", ALARMS, TLS), allow("mq:PUB", ALARMS)))
                .hasSize(1);
    }

    @Test
    void aDenyThatHidesAnAllowIsAWarningAtTheAllow() {
        assertThat(Drafts.lint(
                        allow("mq:MqttInstanceAccess", "instance/post-cn-x"),
                        allow("mq:PUB", ALARMS),
                        deny("mq:*", "topic/post-cn-x/*")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.rule()).isEqualTo(Rule.DENY_HIDES_ALLOW);
                    assertThat(found.severity()).isEqualTo(Severity.WARNING);
                    assertThat(found.line()).isEqualTo(3);
                    assertThat(found.message()).contains("the Deny of statement 3 (line 4)");
                });
    }

    @Test
    void aDenyThatLeavesSomethingHidesNothing() {
        assertThat(Drafts.of(
                        Rule.DENY_HIDES_ALLOW,
                        allow("mq:PUB", "topic/post-cn-x/*"),
                        deny("mq:PUB", ALARMS),
                        deny("mq:SUB", "*"),
                        statement("Deny", "mq:*", "*", TLS),
                        statement("Deny", "mq:*", "*", ",\"Principal\":\"x\"")))
                .isEmpty();
    }

    @Test
    void exceptionsAreNotJudged() {
        String except = "{\"Effect\":\"Deny\",\"NotAction\":\"ram:*\",\"Resource\":\"*\"}";
        String exceptResource = "{\"Effect\":\"Deny\",\"Action\":\"*\",\"NotResource\":\"*\"}";
        assertThat(Drafts.of(Rule.DENY_HIDES_ALLOW, allow("mq:PUB", ALARMS), except, exceptResource))
                .isEmpty();
    }

    @Test
    void policiesOfASetAreJudgedTogether() {
        String set = "{\"policies\":[{\"name\":\"a\",\"document\":" + Drafts.document(allow("mq:PUB", ALARMS))
                + "},{\"name\":\"b\",\"document\":" + Drafts.document(deny("mq:PUB", "*")) + "}]}";
        assertThat(new PolicyLinter().lint("set.json", set))
                .extracting(Finding::rule)
                .contains(Rule.DENY_HIDES_ALLOW)
                .doesNotContain(Rule.MALFORMED);
    }
}
