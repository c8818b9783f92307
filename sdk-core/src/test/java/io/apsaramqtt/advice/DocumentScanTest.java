package io.apsaramqtt.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JSON does not have, and what placeholders there are. */
class DocumentScanTest {

    @Test
    void everyCommentIsAnErrorWhereItBegins() {
        String document = "{ // one\r\n \"Version\": \"1\", /* two\n lines */\n \"Statement\": [] } // last";
        assertThat(lint(document))
                .extracting(Finding::rule, Finding::line, Finding::column)
                .containsExactly(tuple(Rule.COMMENT, 1, 3), tuple(Rule.COMMENT, 2, 18), tuple(Rule.COMMENT, 4, 20));
        assertThat(lint(document))
                .extracting(Finding::severity, found -> found.message().substring(0, 19))
                .contains(tuple(Severity.ERROR, "Comment [/* two lin"));
    }

    @Test
    void whatLooksLikeACommentInATextIsNone() {
        assertThat(lint("{\"Version\":\"1\",\"Statement\":[],\"x\":\"http://a/*b*/ \\\" // \"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"acs:mq:*:*:topic/i/a\",\n......\n",
                "\"acs:mq:*:*:topic/i/a\", //why\n \u2026",
                "......,\n\"acs:mq:*:*:topic/i/a\"",
                "\"acs:mq:*:*:topic/i/a\",\n...,\n\"acs:mq:*:*:topic/i/b\"",
                "\"acs:mq:*:*:topic/i/a\"\n......",
            })
    void dotsThatBreakTheListAreAPlaceholderAndTheRestIsJudged(String resources) {
        List<Finding> findings =
                lint("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"mq:BUP\",\"mq:PUB\"],"
                        + "\"Resource\":[" + resources + "]}]}");
        assertThat(findings)
                .extracting(Finding::rule)
                .contains(Rule.PLACEHOLDER, Rule.UNKNOWN_ACTION, Rule.MISSING_PREREQUISITE)
                .doesNotContain(Rule.MALFORMED);
    }

    @Test
    void dotsArePointedAt() {
        assertThat(lint("{\"Version\":\"1\",\n \"Statement\":[\n   ......\n ]}"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.rule()).isEqualTo(Rule.PLACEHOLDER);
                    assertThat(found.severity()).isEqualTo(Severity.ERROR);
                    assertThat(found.line()).isEqualTo(3);
                    assertThat(found.column()).isEqualTo(4);
                    assertThat(found.message()).startsWith("Placeholder [......] ");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{instanceId}", "{topic}", "{mqttInstanceId}", "{groupId}", "<instance-id>", "......", "\u2026"})
    void aPlaceholderInATextIsAnErrorAndNothingElseIsSaidOfTheText(String placeholder) {
        assertThat(Drafts.lint(Drafts.allow("mq:PUB", "acs:mq:*:*:topics/" + placeholder)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.rule()).isEqualTo(Rule.PLACEHOLDER);
                    assertThat(found.severity()).isEqualTo(Severity.ERROR);
                    assertThat(found.message()).startsWith("Placeholder [" + placeholder + "] ");
                });
    }

    @Test
    void eachPlaceholderOfATextIsReported() {
        assertThat(Drafts.of(Rule.PLACEHOLDER, Drafts.allow("mq:PUB mq:{action}", "{instanceId}%{topic}")))
                .extracting(Finding::message)
                .satisfiesExactly(
                        message -> assertThat(message).contains("[{action}]"),
                        message -> assertThat(message).contains("the instance ID, as in"),
                        message -> assertThat(message).contains("the parent topic, as in"));
    }

    @Test
    void bracesWithoutANameAndDotsInANameAreNoPlaceholders() {
        assertThat(Drafts.of(Rule.PLACEHOLDER, Drafts.allow("mq:PUB", "a.b..c {} a<b")))
                .isEmpty();
    }

    private static List<Finding> lint(String document) {
        return new PolicyLinter().lint("policy.json", document);
    }
}
