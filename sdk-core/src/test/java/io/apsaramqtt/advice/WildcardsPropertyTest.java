package io.apsaramqtt.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.policy.ResourceName;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsPropertyTest {

    private static final List<String> TEXTS = texts("ab/", 4);
    private static final List<String> PARTS = TEXTS.stream()
            .filter(text -> !text.isEmpty() && text.indexOf('/') < 0)
            .toList();

    @Property(tries = 3_000)
    void whatIsCoveredMatchesNothingElse(@ForAll("patterns") String wide, @ForAll("patterns") String narrow) {
        if (Wildcards.covers(wide, narrow)) {
            assertThat(TEXTS).filteredOn(text -> matches(narrow, text)).allMatch(text -> matches(wide, text));
        }
    }

    @Property(tries = 2_000)
    void aTextIsCoveredIfItMatches(@ForAll("patterns") String pattern) {
        assertThat(TEXTS)
                .allSatisfy(text -> assertThat(Wildcards.covers(pattern, text)).isEqualTo(matches(pattern, text)));
    }

    @Property(tries = 2_000)
    void aFormIsNamedIfAPatternMatchesItForSomePart(@ForAll("patterns") String pattern, @ForAll("forms") String form) {
        boolean some = PARTS.stream().anyMatch(part -> matches(pattern, form.replace(ResourceName.UNKNOWN, part)));
        assertThat(Wildcards.canName(pattern, form)).isEqualTo(some);
    }

    @ParameterizedTest
    @CsvSource({
        "*,        a*b,  true",
        "a*,       a*b,  true",
        "a*,       a?,   true",
        "a?,       a*,   false",
        "a*,       *a,   false",
        "*?,       a*,   false",
        "mq:*,     mq:*, true",
        "mq:?UB,   mq:*, false",
        "a**,      a*,   true",
        "'',       '',   true",
        "'',       *,    false",
    })
    void examples(String wide, String narrow, boolean expected) {
        assertThat(Wildcards.covers(wide, narrow)).isEqualTo(expected);
    }

    private static boolean matches(String pattern, String text) {
        return Pattern.matches(
                pattern.chars()
                        .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                        .collect(Collectors.joining()),
                text);
    }

    private static List<String> texts(String alphabet, int longest) {
        return longest == 0
                ? List.of("")
                : Stream.concat(
                                Stream.of(""),
                                texts(alphabet, longest - 1).stream()
                                        .flatMap(end -> alphabet.chars().mapToObj(c -> (char) c + end)))
                        .distinct()
                        .toList();
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "*", "*", "?", "/").list().ofMaxSize(4).map(parts -> String.join("", parts));
    }

    /** One part only: two would have to be filled in independently. */
    @Provide
    Arbitrary<String> forms() {
        return Arbitraries.of(ResourceName.UNKNOWN, "a/" + ResourceName.UNKNOWN, ResourceName.UNKNOWN + "/b", "a", "/");
    }
}
