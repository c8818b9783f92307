package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wildcards against the regular expressions of Java, unknown parts against every text that could stand there. */
class GlobPropertyTest {

    /** A pattern of this length never needs more of an unknown part than as many characters. */
    private static final int LONGEST_PATTERN = 5;

    private static final List<String> SUBSTITUTES = substitutes();

    @Property(tries = 3_000)
    void aKnownTextMatchesAsARegularExpressionDoes(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        boolean expected = regex(pattern).matcher(text).matches();
        assertThat(Glob.matches(pattern, text)).as("%s on %s", pattern, text).isEqualTo(expected);
        assertThat(Glob.mayMatch(pattern, text)).as("%s on %s", pattern, text).isEqualTo(expected);
    }

    @Property(tries = 1_000)
    void whatMatchesForCertainMatchesWhateverTheUnknownPartsAre(
            @ForAll("patterns") String pattern, @ForAll("textsWithUnknownParts") String text) {
        if (Glob.matches(pattern, text)) {
            Pattern regex = regex(pattern);
            assertThat(substitutions(text))
                    .allMatch(known -> regex.matcher(known).matches());
            assertThat(Glob.mayMatch(pattern, text)).isTrue();
        }
    }

    @Property(tries = 1_000)
    void whatMayMatchIsWhatMatchesForSomeValueOfTheUnknownParts(
            @ForAll("patterns") String pattern, @ForAll("textsWithUnknownParts") String text) {
        Pattern regex = regex(pattern);
        boolean some = substitutions(text).stream()
                .anyMatch(known -> regex.matcher(known).matches());
        assertThat(Glob.mayMatch(pattern, text)).as("%s on %s", pattern, text).isEqualTo(some);
    }

    private static Pattern regex(String pattern) {
        return Pattern.compile(
                pattern.chars()
                        .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                        .collect(Collectors.joining()),
                Pattern.DOTALL);
    }

    private static List<String> substitutions(String text) {
        int hole = text.indexOf(ResourceName.UNKNOWN);
        if (hole < 0) {
            return List.of(text);
        }
        List<String> rests = substitutions(text.substring(hole + 1));
        List<String> all = new ArrayList<>();
        for (String substitute : SUBSTITUTES) {
            for (String rest : rests) {
                all.add(text.substring(0, hole) + substitute + rest);
            }
        }
        return all;
    }

    private static List<String> substitutes() {
        List<String> all = new ArrayList<>();
        List<String> last = List.of("");
        for (int length = 1; length <= LONGEST_PATTERN; length++) {
            last = last.stream()
                    .flatMap(start -> List.of(start + "a", start + "b").stream())
                    .toList();
            all.addAll(last);
        }
        return all;
    }

    @Provide
    Arbitrary<String> patterns() {
        return joined(LONGEST_PATTERN, "a", "b", "*", "*", "?", ":", "/", "%");
    }

    @Provide
    Arbitrary<String> texts() {
        return joined(8, "a", "b", "a", "b", ":", "/", "%", "\n");
    }

    @Provide
    Arbitrary<String> textsWithUnknownParts() {
        return joined(5, "a", "b", ":", "/", "%", ResourceName.UNKNOWN, ResourceName.UNKNOWN)
                .filter(text -> text.chars().filter(c -> c == 0).count() <= 2);
    }

    private static Arbitrary<String> joined(int longest, String... parts) {
        return Arbitraries.of(parts).list().ofMaxSize(longest).map(chosen -> String.join("", chosen));
    }
}
