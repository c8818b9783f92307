package io.apsaramqtt.advice;

import io.apsaramqtt.policy.ResourceName;

/** What can be said of RAM's wildcards ({@code *} any characters, {@code ?} one) from the patterns alone. */
final class Wildcards {

    private static final char PART = ResourceName.UNKNOWN.charAt(0);

    /** No part of a name holds one of these: they separate the parts. */
    private static final String SEPARATORS = ":/%";

    private Wildcards() {}

    static boolean has(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /**
     * Whether everything that {@code narrow} matches is certainly matched by {@code wide}. A yes is certain, a no is not:
     * {@code *?} is not seen to cover {@code ?*}.
     */
    static boolean covers(String wide, String narrow) {
        // covered[j]: the pattern so far covers the first j characters of narrow.
        boolean[] covered = new boolean[narrow.length() + 1];
        covered[0] = true;
        for (int i = 0; i < wide.length(); i++) {
            char c = wide.charAt(i);
            boolean[] next = new boolean[covered.length];
            for (int j = 0; j <= narrow.length(); j++) {
                if (c == '*') {
                    next[j] = covered[j] || (j > 0 && next[j - 1]);
                } else {
                    next[j] = j > 0 && covered[j - 1] && coversOne(c, narrow.charAt(j - 1));
                }
            }
            covered = next;
        }
        return covered[narrow.length()];
    }

    private static boolean coversOne(char wide, char narrow) {
        return wide == '?' ? narrow != '*' && narrow != PART : wide == narrow;
    }

    /** Whether the pattern matches a name of this form, in which {@link ResourceName#UNKNOWN} stands for a part of any text. */
    static boolean canName(String pattern, String form) {
        // reached[i]: the first i characters of the pattern can match the form so far.
        boolean[] reached = new boolean[pattern.length() + 1];
        reached[0] = true;
        skipStars(pattern, reached);
        for (int f = 0; f < form.length(); f++) {
            char c = form.charAt(f);
            boolean[] next = new boolean[reached.length];
            for (int i = 0; i < pattern.length(); i++) {
                char p = pattern.charAt(i);
                boolean one = p == '?' || p == c || (c == PART && SEPARATORS.indexOf(p) < 0);
                if (p == '*') {
                    next[i] |= reached[i];
                } else if (one && (reached[i] || (c == PART && next[i]))) {
                    next[i + 1] = true;
                }
                if (p == '*' && next[i]) {
                    next[i + 1] = true;
                }
            }
            reached = next;
        }
        return reached[pattern.length()];
    }

    private static void skipStars(String pattern, boolean[] reached) {
        for (int i = 0; i < pattern.length() && pattern.charAt(i) == '*'; i++) {
            reached[i + 1] = true;
        }
    }
}
