package io.apsaramqtt.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.PolicySet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLinterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | 1 | 1  | the document is empty",
                "{\"Version\":\"1\"                   | 1 | 15 | not valid JSON",
                "{\"Version\":\"2\",\"Statement\":[]} | 1 | 12 | at /Version: Version [2] does not exist",
                "{\"Version\":\"1\"}                  | 1 | 15 | Statement is missing",
                "{\"a\":1,\"a\":2}                    | 1 | 11 | Duplicate",
                "{ /* never ends                      | 1 | 16 | not valid JSON",
            })
    void aMalformedDocumentIsAFindingWithItsPlace(String document, int line, int column, String message) {
        assertThat(new PolicyLinter().lint("policy.json", document))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.rule()).isEqualTo(Rule.MALFORMED);
                    assertThat(found.severity()).isEqualTo(Severity.ERROR);
                    assertThat(found.source()).isEqualTo("policy.json");
                    assertThat(found.message()).contains(message).startsWith("Document [policy.json]");
                    assertThat(tuple(found.line(), found.column())).isEqualTo(tuple(line, column));
                });
    }

    @Test
    void jsonThatIsNoPolicyIsJudgedAsFarAsItGoes() {
        assertThat(Drafts.lint("{\"Effect\":\"allow\",\"Action\":\"mq:BUP\",\"Resource\":\"acs:mq:*:*:a\"}"))
                .extracting(Finding::rule)
                .containsExactly(Rule.MALFORMED, Rule.UNKNOWN_ACTION);
    }

    @Test
    void aStatementThatIsNoListIsAFinding() {
        assertThat(new PolicyLinter()
                        .lint("p", "{\"Version\":\"1\",\"Statement\":{\"99999999999\":{\"Action\":\"x\"}}}"))
                .extracting(Finding::rule)
                .containsExactly(Rule.MALFORMED);
    }

    /** A sample of the service as it comes, and the same with everything filled in. */
    @Test
    void aSampleAsItComesIsFullOfFindings() throws IOException {
        List<Finding> findings = new PolicyLinter().lint("bad.json", resource("bad.json"));
        assertThat(findings)
                .extracting(Finding::rule, Finding::line, Finding::column)
                .containsExactly(
                        tuple(Rule.COMMENT, 7, 19),
                        tuple(Rule.COMMENT, 8, 19),
                        tuple(Rule.BLANK_IN_ACTION, 9, 9),
                        tuple(Rule.MISSPELLED_BY_VENDOR, 10, 9),
                        tuple(Rule.PLACEHOLDER, 13, 9),
                        tuple(Rule.COMMENT, 13, 37),
                        tuple(Rule.PLACEHOLDER, 14, 9),
                        tuple(Rule.PLACEHOLDER, 14, 9),
                        tuple(Rule.PLACEHOLDER, 15, 9));
    }

    @Test
    void samplesWithEverythingFilledInGiveNoWarning() throws IOException {
        for (String name : List.of("good.json", "good-without-namespace.json", "good-whole-instance.json")) {
            assertThat(new PolicyLinter().lint(name, resource(name)))
                    .as(name)
                    .allMatch(found -> found.severity() == Severity.ADVICE);
        }
        assertThat(new PolicyLinter().lint("good.json", resource("good.json"))).isEmpty();
        assertThat(new PolicyLinter().lint("w", resource("good-whole-instance.json")))
                .extracting(Finding::rule)
                .containsExactly(Rule.COVERS_LONGER_IDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad.json", "good.json", "good-without-namespace.json", "good-whole-instance.json"})
    void onlyTheGoodOnesAreRead(String name) throws IOException {
        String document = resource(name);
        boolean malformed =
                new PolicyLinter().lint(name, document).stream().anyMatch(found -> found.severity() == Severity.ERROR);
        assertThat(malformed).isEqualTo(name.startsWith("bad"));
        if (!malformed) {
            assertThat(PolicySet.parse(name, document).statementCount()).isEqualTo(1);
        }
    }

    @Property(tries = 1_000)
    void nothingMakesItThrow(@ForAll("fragments") String document) {
        assertThat(new PolicyLinter().lint("p", document))
                .allSatisfy(found -> assertThat(found.line()).isPositive())
                .allSatisfy(found -> assertThat(found.column()).isPositive());
    }

    @Provide
    Arbitrary<String> fragments() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"",
                        "//",
                        "/*",
                        "*/",
                        "\n",
                        "...",
                        "\\",
                        "1",
                        "\"Effect\"",
                        "\"Statement\":[{",
                        "\"Action\":[\"mq:*\"]",
                        "\"Condition\":{\"x\":{",
                        "\"Resource\":\"acs:mq\"",
                        "{\"Version\":\"1\",")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PolicyLinterTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
