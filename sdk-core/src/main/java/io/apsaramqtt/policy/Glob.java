package io.apsaramqtt.policy;

/**
 * Matching with RAM's wildcards: {@code *} for any number of characters, {@code ?} for exactly one, the whole text to be
 * matched, case-sensitive (RAM page "Policy elements"). The text may hold {@link ResourceName#UNKNOWN}, which stands for
 * one or more characters that nobody here knows.
 */
final class Glob {

    /** Separates the fields of a resource name; an unknown part never holds one. */
    private static final String SEPARATORS = ":/%";

    private static final char HOLE = ResourceName.UNKNOWN.charAt(0);

    private Glob() {}

    /** Whether the pattern matches whatever the unknown parts of the text are. Takes pattern times text at worst. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            char c = text.charAt(t);
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && c != HOLE && (pattern.charAt(p) == '?' || pattern.charAt(p) == c)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Whether the pattern matches for some value of the unknown parts of the text. Takes pattern times text. */
    static boolean mayMatch(String starred, String text) {
        String pattern = withoutRepeatedStars(starred);
        // reached[i]: the first i characters of the pattern can match the text so far.
        boolean[] reached = new boolean[pattern.length() + 1];
        reached[0] = true;
        skipStars(pattern, reached);
        for (int t = 0; t < text.length(); t++) {
            char c = text.charAt(t);
            boolean[] next = step(pattern, reached, c);
            if (c == HOLE) {
                // The first unknown character is behind us; any number of others may follow.
                for (int i = 0; i < pattern.length(); i++) {
                    if (next[i] && SEPARATORS.indexOf(pattern.charAt(i)) < 0) {
                        next[i + 1] = true;
                    }
                }
                skipStars(pattern, next);
            }
            reached = next;
        }
        return reached[pattern.length()];
    }

    /** Two stars mean what one does, but each is a place to look at with every character of the text. */
    private static String withoutRepeatedStars(String pattern) {
        if (!pattern.contains("**")) {
            return pattern;
        }
        StringBuilder single = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '*' || i == 0 || pattern.charAt(i - 1) != '*') {
                single.append(pattern.charAt(i));
            }
        }
        return single.toString();
    }

    private static boolean[] step(String pattern, boolean[] reached, char c) {
        boolean[] next = new boolean[reached.length];
        for (int i = 0; i < pattern.length(); i++) {
            if (reached[i]) {
                char p = pattern.charAt(i);
                if (p == '*') {
                    next[i] = true;
                } else if (p == '?' || p == c || (c == HOLE && SEPARATORS.indexOf(p) < 0)) {
                    next[i + 1] = true;
                }
            }
        }
        skipStars(pattern, next);
        return next;
    }

    private static void skipStars(String pattern, boolean[] reached) {
        for (int i = 0; i < pattern.length(); i++) {
            if (reached[i] && pattern.charAt(i) == '*') {
                reached[i + 1] = true;
            }
        }
    }
}
