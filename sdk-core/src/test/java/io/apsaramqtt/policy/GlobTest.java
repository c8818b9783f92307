package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    private static final String UNKNOWN = ResourceName.UNKNOWN;

    @ParameterizedTest
    @CsvSource({
        "abc,abc",
        "*,''",
        "*,a/b%c:d",
        "a*,a",
        "a*c,abbc",
        "?bc,abc",
        "a?c,a/c",
        "**,x",
        "*a*,bab",
        "'',''",
        "a.c,a.c",
        "topic/*/a,topic/x/y/a",
        "*?,a",
        "a*b*c,aXbXbXc"
    })
    void matches(String pattern, String text) {
        assertThat(Glob.matches(pattern, text)).isTrue();
        assertThat(Glob.mayMatch(pattern, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "abc,abd",
        "abc,ABC",
        "abc,abcd",
        "bc,abc",
        "?,''",
        "?,ab",
        "a.c,abc",
        "a*b,abc",
        "'',a",
        "*?,''",
        "[ab],a",
        "+,a",
        "#,a",
        "a*b*c,aXcXb"
    })
    void matchesNot(String pattern, String text) {
        assertThat(Glob.matches(pattern, text)).isFalse();
        assertThat(Glob.mayMatch(pattern, text)).isFalse();
    }

    @Test
    void anUnknownPartIsMatchedForCertainByAStarOnly() {
        assertThat(Glob.matches("*", UNKNOWN)).isTrue();
        assertThat(Glob.matches("*%orders", UNKNOWN + "%orders")).isTrue();
        assertThat(Glob.matches("?*", UNKNOWN)).isFalse();
        assertThat(Glob.matches("MQ_INST_1%orders", UNKNOWN + "%orders")).isFalse();
    }

    @Test
    void anUnknownPartMayBeWhateverFits() {
        assertThat(Glob.mayMatch("MQ_INST_1%orders", UNKNOWN + "%orders")).isTrue();
        assertThat(Glob.mayMatch("MQ_INST_1%billing", UNKNOWN + "%orders")).isFalse();
        assertThat(Glob.mayMatch("%orders", UNKNOWN + "%orders")).isFalse();
    }

    @Test
    void anUnknownPartHoldsNoSeparator() {
        assertThat(Glob.mayMatch("topic/x/orders", UNKNOWN)).isFalse();
        assertThat(Glob.mayMatch("a%b%orders", UNKNOWN + "%orders")).isFalse();
        assertThat(Glob.mayMatch("a:b", UNKNOWN)).isFalse();
        assertThat(Glob.mayMatch(":", UNKNOWN)).isFalse();
        assertThat(Glob.mayMatch("a:", UNKNOWN)).isFalse();
    }

    @Test
    void aHostilePatternIsAnsweredAtOnce() {
        String text = "a".repeat(10_240);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(Glob.matches("*".repeat(6_000), text)).isTrue();
            assertThat(Glob.mayMatch("*".repeat(6_000), text)).isTrue();
            assertThat(Glob.matches("*".repeat(6_000) + "b", text)).isFalse();
            assertThat(Glob.mayMatch("*".repeat(6_000) + "b", text)).isFalse();
            assertThat(Glob.matches("*a".repeat(3_000) + "b", text)).isFalse();
            assertThat(Glob.mayMatch("*a".repeat(3_000) + "b", text)).isFalse();
        });
    }
}
