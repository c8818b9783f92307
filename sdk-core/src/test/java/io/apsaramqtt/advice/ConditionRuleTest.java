package io.apsaramqtt.advice;

import static io.apsaramqtt.advice.Drafts.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.PolicyOutline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionRuleTest {

    @ParameterizedTest
    @CsvSource({
        "StringLikeIfExists,       ERROR,   Write StringLike",
        "Null,                     ERROR,   Remove it",
        "ForAnyValue:StringEquals, WARNING, Write StringEquals",
        "ForAllValues:Nothing,     WARNING, Write an operator of RAM",
        "stringlike,               ERROR,   Write StringLike",
        "StringEqual,              ERROR,   Write StringEquals",
        "Xyz,                      ERROR,   Write one of StringEquals",
    })
    void anOperatorThatRamDoesNotHaveIsReported(String operator, Severity severity, String message) {
        assertThat(Drafts.of(Rule.UNSUPPORTED_OPERATOR, with(operator)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(severity);
                    assertThat(found.message())
                            .startsWith("Condition operator [" + operator + "] ")
                            .contains(message);
                });
    }

    @Test
    void everyOperatorOfRamIsSupported() {
        List<String> operators = PolicyOutline.conditionOperators();
        assertThat(operators)
                .hasSize(21)
                .allSatisfy(operator -> assertThat(Drafts.of(Rule.UNSUPPORTED_OPERATOR, with(operator)))
                        .isEmpty());
    }

    @Test
    void anOperatorIsPointedAt() {
        String document = """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "mq:PUB",
                  "Resource": "acs:mq:*:*:topic/post-cn-x/alarms",
                  "Condition": {"Bool": {"acs:SecureTransport": "true"},
                                "Null": {"acs:SourceIp": "true"}}}]}
                """;
        assertThat(new PolicyLinter().lint("p", document))
                .filteredOn(found -> found.rule() == Rule.UNSUPPORTED_OPERATOR)
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.line()).isEqualTo(4);
                    assertThat(found.column()).isEqualTo(17);
                });
    }

    @Test
    void aMemberThatStatementsDoNotHaveIsReported() {
        assertThat(Drafts.of(Rule.UNKNOWN_MEMBER, more(",\"Principal\":\"x\",\"Conditions\":{}")))
                .extracting(Finding::message)
                .satisfiesExactly(
                        message -> assertThat(message).contains("Only policies of resources"),
                        message -> assertThat(message).contains("Write Condition"));
        assertThat(Drafts.of(Rule.UNKNOWN_MEMBER, more(",\"Sid\":\"x\",\"Condition\":{}")))
                .isEmpty();
    }

    private static String with(String operator) {
        return more(",\"Condition\":{\"" + operator + "\":{\"acs:x\":\"1\"}}");
    }

    private static String more(String members) {
        return statement("Allow", "mq:PUB", "topic/post-cn-x/alarms", members);
    }
}
