package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Documents that are longer than a limit of RAM. Pages of different days tell different limits, none tells whether blanks
 * count, and a file does not tell what kind of policy it will be: so each limit that is passed is told, and none enforced.
 */
final class SizeRule implements LintRule {

    /** A limit, in characters, and what it holds for. */
    private enum Limit {
        SESSION(2_048, "session policies, and custom ones on RAM's oldest pages"),
        CONTROL(4_096, "control policies, and custom ones on RAM's pages of 2021"),
        CUSTOM(6_144, "custom policies on RAM's pages since 2025");

        private final int characters;
        private final String kinds;

        Limit(int characters, String kinds) {
            this.characters = characters;
            this.kinds = kinds;
        }

        @Override
        public String toString() {
            return characters + " (" + kinds + ")";
        }
    }

    @Override
    public void check(LintedDocument document, Findings findings) {
        document.texts().forEach(text -> check(text, findings));
    }

    private static void check(DocumentText text, Findings findings) {
        List<Limit> passed = limits(limit -> text.dense() > limit.characters);
        List<Limit> withBlanks =
                limits(limit -> text.dense() <= limit.characters && text.characters() > limit.characters);
        if (passed.isEmpty() && withBlanks.isEmpty()) {
            return;
        }
        findings.add(
                passed.contains(Limit.CUSTOM) ? Severity.WARNING : Severity.ADVICE,
                Rule.DOCUMENT_SIZE,
                text.line(),
                text.column(),
                "Size [" + text.characters() + " characters, " + text.dense() + " without blanks and comments] passes "
                        + (passed.isEmpty() ? "" : named(passed))
                        + (passed.isEmpty() || withBlanks.isEmpty() ? "" : ", and ")
                        + (withBlanks.isEmpty() ? "" : "with its blanks alone " + named(withBlanks))
                        + ". No page says whether blanks count. Split the document if RAM refuses it; this SDK reads"
                        + " any size");
    }

    private static List<Limit> limits(Predicate<Limit> wanted) {
        return Arrays.stream(Limit.values()).filter(wanted).toList();
    }

    private static String named(List<Limit> limits) {
        return "the limit" + (limits.size() == 1 ? " of " : "s of ")
                + limits.stream().map(Limit::toString).collect(Collectors.joining(", of "));
    }
}
