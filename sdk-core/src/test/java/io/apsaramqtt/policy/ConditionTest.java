package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final ResourceName ALARMS = ResourceName.of("acs:mq:cn-hangzhou:1:topic/x/alarms");
    private static final String KEYS = """
            {"StringEquals": {"a": "1", "b": "1"}}""";
    private static final String OPERATORS = """
            {"StringEquals": {"a": "1"}, "StringLike": {"b": "1*"}}""";

    @ParameterizedTest
    @CsvSource({"1,1,YES", "1,2,NO", "2,1,NO", "2,2,NO", "1,?,MAYBE", "?,1,MAYBE", "2,?,NO", "?,2,NO", "?,?,MAYBE"})
    void everyKeyAndEveryOperatorMustBeMet(String a, String b, Match expected) {
        RequestContext context = context(a, b);
        assertThat(match(KEYS, context)).isEqualTo(expected);
        assertThat(match(OPERATORS, context)).isEqualTo(expected);
    }

    private static RequestContext context(String a, String b) {
        RequestContext context = RequestContext.nothingKnown();
        context = a.equals("?") ? context : context.with("a", a);
        return b.equals("?") ? context : context.with("b", b);
    }

    @Test
    void anEmptyConditionIsMet() {
        assertThat(match("{}", RequestContext.nothingKnown())).isEqualTo(Match.YES);
        assertThat(match("{\"Bool\":{}}", RequestContext.nothingKnown())).isEqualTo(Match.YES);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            {'NumericEquals':{'a':10}}         | 10    | YES
            {'NumericEquals':{'a':[9,10.5]}}   | 10.5  | YES
            {'NumericLessThan':{'a':-1.5e3}}   | -1501 | YES
            {'Bool':{'a':true}}                | true  | YES
            {'Bool':{'a':[false]}}             | true  | NO
            {'StringEquals':{'a':['x',10]}}    | 10    | YES
            """)
    void numbersAndBooleansMayStandWithoutQuotes(String condition, String given, Match expected) {
        RequestContext context = RequestContext.complete(Map.of("a", List.of(given)));
        assertThat(match(condition.replace('\'', '"'), context)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"x\"",
                "null",
                "{\"Bool\":true}",
                "{\"Bool\":{\"a\":null}}",
                "{\"Bool\":{\"a\":{}}}",
                "{\"Bool\":{\"a\":[[]]}}"
            })
    void whatIsNoConditionIsMalformed(String condition) {
        assertThatExceptionOfType(MalformedPolicyException.class).isThrownBy(() -> statement(condition));
    }

    @ParameterizedTest
    @CsvSource({"a,MAYBE", "b,MAYBE", "c,NO"})
    void anUnknownOperatorOrMemberLeavesTheStatementOpenUnlessSomethingElseSettlesIt(String given, Match expected) {
        RequestContext context = RequestContext.complete(Map.of("k", List.of(given)));
        assertThat(match("{\"Null\":{\"k\":\"true\"},\"StringEquals\":{\"k\":[\"a\",\"b\"]}}", context))
                .isEqualTo(expected);
        assertThat(Policy.parse("p", """
                        {"Version": "1", "Statement": [{"Effect": "Deny", "Action": "mq:PUB", "Resource": "*",
                          "Condition": {"StringEquals": {"k": ["a", "b"]}}, "Unless": 1}]}""").statements().get(0).match("mq:PUB", ALARMS, context))
                .isEqualTo(expected);
    }

    @Test
    void whatDiffersFromAKnownKeyByCaseAloneIsUnknowable() {
        String condition = "{\"Bool\":{\"acs:securetransport\":\"true\"}}";
        Map<String, List<String>> present = Map.of("acs:SecureTransport", List.of("true"));
        assertThat(match(condition, RequestContext.complete(present))).isEqualTo(Match.MAYBE);
        assertThat(match(condition, RequestContext.partial(present, Set.of()))).isEqualTo(Match.MAYBE);
        assertThat(match(condition, RequestContext.partial(Map.of(), Set.of("acs:SecureTransport"))))
                .isEqualTo(Match.MAYBE);
        assertThat(match(condition, RequestContext.complete(Map.of()))).isEqualTo(Match.NO);
        assertThat(match(condition, RequestContext.complete(Map.of("other", List.of("true")))))
                .isEqualTo(Match.NO);
    }

    @Test
    void aContextWithOneMoreKeyKeepsWhatItWas() {
        RequestContext complete =
                RequestContext.complete(Map.of("a", List.of("1"))).with("b", "2");
        assertThat(complete.values("a")).containsExactly("1");
        assertThat(complete.values("b")).containsExactly("2");
        assertThat(complete.isUnknowable("c")).isFalse();
        RequestContext partial =
                RequestContext.partial(Map.of("a", List.of("1")), Set.of("c")).with("a", "3");
        assertThat(partial.values("a")).containsExactly("3");
        assertThat(partial.isUnknowable("c")).isFalse();
        assertThat(partial.values("c")).isEmpty();
        assertThat(partial.isUnknowable("d")).isTrue();
    }

    private static Match match(String condition, RequestContext context) {
        return statement(condition).match("mq:PUB", ALARMS, context);
    }

    private static Statement statement(String condition) {
        return Policy.parse(
                        "p",
                        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"mq:PUB\",\"Resource\":\"*\","
                                + "\"Condition\":" + condition + "}]}")
                .statements()
                .get(0);
    }
}
