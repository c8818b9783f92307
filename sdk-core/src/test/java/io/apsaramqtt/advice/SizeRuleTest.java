package io.apsaramqtt.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeRuleTest {

    private static final String BEFORE = "{\"Version\":\"1\",\"Statement\":[{\"Sid\":\"";
    private static final String AFTER = "\",\"Effect\":\"Deny\",\"Action\":\"mq:PUB\",\"Resource\":\"*\"}]}";

    /** A policy document of this many characters, none of them a blank between two values. */
    private static String document(int characters) {
        return BEFORE + "x".repeat(characters - BEFORE.length() - AFTER.length()) + AFTER;
    }

    private static List<Finding> sizes(String document) {
        return new PolicyLinter()
                .lint("policy.json", document).stream()
                        .filter(found -> found.rule() == Rule.DOCUMENT_SIZE)
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 2_047, 2_048})
    void aDocumentWithinEveryLimitIsNotReported(int characters) {
        assertThat(new PolicyLinter().lint("policy.json", document(characters))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2049 | ADVICE  | the limit of 2048 (session
            4096 | ADVICE  | the limit of 2048 (session
            4097 | ADVICE  | 4096 (control policies, and custom ones on RAM's pages of 2021). No page
            6144 | ADVICE  | 4096 (control policies, and custom ones on RAM's pages of 2021). No page
            6145 | WARNING | 6144 (custom policies on RAM's pages since 2025). No page
            """)
    void eachLimitThatIsPassedIsToldWithTheSize(int characters, Severity severity, String limits) {
        assertThat(sizes(document(characters))).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(severity);
            assertThat(found.message())
                    .startsWith("Size [" + characters + " characters, " + characters
                            + " without blanks and comments] passes the limit")
                    .contains("2048 (session", limits)
                    .doesNotContain("with its blanks");
        });
    }

    @Test
    void oneMessageInFull() {
        assertThat(sizes(document(4_097)))
                .singleElement()
                .hasToString(
                        "policy.json:1:1: advice: Size [4097 characters, 4097 without blanks and comments] passes the"
                                + " limits of 2048 (session policies, and custom ones on RAM's oldest pages), of 4096 (control"
                                + " policies, and custom ones on RAM's pages of 2021). No page says whether blanks count. Split"
                                + " the document if RAM refuses it; this SDK reads any size [document-size]");
    }

    @Test
    void aLimitThatIsPassedByBlanksAloneIsToldAsSuch() {
        String spread = document(3_000).replace(",\"", ", \t\r\n\"").replace("[{", "[" + " ".repeat(4_000) + "{");
        int blanks = spread.length() - 3_000;
        assertThat(sizes(spread)).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.ADVICE);
            assertThat(found.message())
                    .startsWith("Size [" + (3_000 + blanks) + " characters, 3000 without blanks and comments]")
                    .contains("passes the limit of 2048 (session")
                    .contains(
                            "2048 (session policies, and custom ones on RAM's oldest pages), and with its blanks alone"
                                    + " the limits of 4096 (control")
                    .contains("6144 (custom");
        });
    }

    @Test
    void ofBlanksAloneNothingElseIsTold() {
        assertThat(sizes(document(2_000).replace("[{", "[" + " ".repeat(100) + "{")))
                .singleElement()
                .satisfies(found -> assertThat(found.message())
                        .contains("passes with its blanks alone the limit of 2048 (session"));
    }

    @Test
    void blanksInATextCountAsTheyAreNone() {
        assertThat(sizes(document(2_049).replace("xx", "  ")))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("2049 without blanks"));
        assertThat(sizes(document(2_049).replace("xxxxx", "\\\" \\\\")))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("2049 without blanks"));
    }

    @Test
    void blanksAndCommentsAroundTheDocumentDoNotCount() {
        assertThat(sizes(" ".repeat(5_000) + "\n" + document(2_048) + "\n".repeat(5_000)))
                .isEmpty();
        assertThat(sizes("//" + "x".repeat(7_000) + "\n /* */" + document(2_049)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(tuple(found.line(), found.column())).isEqualTo(tuple(2, 7));
                    assertThat(found.message()).startsWith("Size [2049 characters, 2049 without");
                });
    }

    @Test
    void aCommentInTheDocumentIsOneOfItsBlanks() {
        assertThat(sizes(document(2_000).replace("[{", "[ // " + "x".repeat(100) + "\n{")))
                .singleElement()
                .satisfies(found -> assertThat(found.message())
                        .startsWith("Size [2105 characters, 2000 without")
                        .contains("passes with its blanks alone"));
    }

    @Test
    void aCharacterOfTwoCodeUnitsIsOne() {
        assertThat(sizes(document(2_048).replace("x", "\ud83d\ude00"))).isEmpty();
        assertThat(sizes(document(2_049).replace("x", "\ud83d\ude00")))
                .singleElement()
                .satisfies(
                        found -> assertThat(found.message()).startsWith("Size [2049 characters, 2049 without blanks"));
    }

    @Test
    void eachDocumentOfASetIsMeasuredByItself() {
        String set = "{\"policies\": [\r\n"
                + "  {\"name\": \"small\", \"document\": " + document(2_000) + "},\r"
                + "  {\"name\": \"AliyunMQReadOnlyAccess\"},\n"
                + "  {\"document\" : /* [{ */\n"
                + "      " + document(6_145) + ", \"name\": \"large\"},\n"
                + "  {\"name\": \"brackets\", \"document\": " + document(2_049).replace("xxxx", "}]\\\"")
                + "}]}";
        assertThat(sizes(set))
                .extracting(Finding::severity, Finding::line, Finding::column)
                .containsExactly(tuple(Severity.WARNING, 5, 7), tuple(Severity.ADVICE, 6, 36));
        assertThat(sizes(set))
                .extracting(found -> found.message().substring(0, 40))
                .containsExactly(
                        "Size [6145 characters, 6145 without blan", "Size [2049 characters, 2049 without blan");
    }

    @Test
    void jsonThatIsNoPolicyIsMeasuredToo() {
        assertThat(new PolicyLinter().lint("policy.json", "[\"" + "x".repeat(2_045) + "\"]"))
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder(Rule.MALFORMED, Rule.DOCUMENT_SIZE);
        assertThat(sizes("{\"policies\": [{\"name\": \"p\", \"document\": 12 }, {\"document\": \"a b\"}], \"x\": \""
                        + "x".repeat(7_000) + "\"}"))
                .isEmpty();
    }

    @Test
    void whatIsNoJsonIsNotMeasured() {
        assertThat(new PolicyLinter().lint("policy.json", document(7_000) + "}"))
                .extracting(Finding::rule)
                .containsExactly(Rule.MALFORMED);
    }
}
