package io.apsaramqtt.advice;

import static io.apsaramqtt.advice.Drafts.allow;
import static io.apsaramqtt.advice.Drafts.deny;
import static io.apsaramqtt.advice.Drafts.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreadthRuleTest {

    @ParameterizedTest
    @CsvSource({
        "mq:*,          *,             every action",
        "*,             *,             every action",
        "mq:PUB,        *,             mq:PUB is",
        "mq:PUB mq:SUB, *,             mq:PUB and mq:SUB",
        "mq:SUB,        acs:mq:*:*:*,  mq:SUB",
        "mq:SUB,        topic/*,       mq:SUB",
        "mq:SUB,        *%*,           mq:SUB",
    })
    void aGrantOnEveryTopicIsAWarning(String actions, String resource, String message) {
        assertThat(Drafts.of(Rule.OVER_BROAD, allow(actions, resource)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.WARNING);
                    assertThat(found.message()).contains(message);
                });
    }

    @Test
    void exceptionsAreBroad() {
        assertThat(Drafts.of(Rule.OVER_BROAD, "{\"Effect\":\"Allow\",\"NotAction\":\"ram:*\",\"Resource\":\"*\"}"))
                .hasSize(1);
        assertThat(Drafts.of(
                        Rule.OVER_BROAD,
                        "{\"Effect\":\"Allow\",\"Action\":\"mq:PUB\",\"NotResource\":\"acs:mq:*:*:topic/a/b\"}"))
                .hasSize(1);
        assertThat(Drafts.of(Rule.OVER_BROAD, "{\"Effect\":\"Allow\",\"NotAction\":\"mq:*\",\"Resource\":\"*\"}"))
                .isEmpty();
    }

    @Test
    void aConditionMakesItAdvice() {
        String tls = ",\"Condition\":{\"Bool\":{\"acs:SecureTransport\":\"true\"}}";
        assertThat(Drafts.of(Rule.OVER_BROAD, statement("Allow", "mq:*", "*", tls)))
                .singleElement()
                .satisfies(found -> assertThat(found.severity()).isEqualTo(Severity.ADVICE));
    }

    @ParameterizedTest
    @CsvSource({
        "mq:*,                  topic/post-cn-x/*",
        "mq:*,                  MQ_INST_1*",
        "mq:PUB,                topic/*/alarms",
        "mq:MqttInstanceAccess, *",
        "mq:List*,              *",
        "oss:*,                 *",
    })
    void whatIsNarrowerIsNotReported(String actions, String resource) {
        assertThat(Drafts.of(Rule.OVER_BROAD, allow(actions, resource))).isEmpty();
    }

    @Test
    void aDenyMayBeBroad() {
        assertThat(Drafts.lint(deny("mq:*", "*"))).isEmpty();
    }
}
