package io.apsaramqtt.mqtt;

import java.util.Arrays;
import java.util.List;

/** How the topics of two filters relate, told level by level (MQTT 3.1.1 section 4.7). */
final class FilterContainment {

    private FilterContainment() {}

    /**
     * The levels of a filter, in one spelling of two: no topic is empty, so {@code #} matches what {@code +/#} does, and
     * {@code /#} what {@code /+/#} does.
     */
    static String[] levels(String filter) {
        return (filter.equals("#") || filter.equals("/#") ? filter.replace("#", "+/#") : filter).split("/", -1);
    }

    /** Whether {@code wide} matches every topic that {@code narrow} matches. */
    static boolean covers(String[] wide, String[] narrow) {
        if (isWildcard(wide[0]) && narrow[0].startsWith("$")) {
            return false;
        }
        for (int i = 0; i < wide.length; i++) {
            if (isAll(wide[i])) {
                return true;
            }
            if (i == narrow.length || isAll(narrow[i])) {
                return false;
            }
            if (!"+".equals(wide[i]) && !wide[i].equals(narrow[i])) {
                return false;
            }
        }
        return wide.length == narrow.length;
    }

    /**
     * Whether every topic that {@code narrow} matches is matched by one or another of {@code wide}. A level that no filter
     * names is matched by wildcards only, so of the topics of one length a filter matches those with such levels or not all:
     * several filters cover together what none covers alone only where they differ in the length, below a last {@code #}.
     */
    static boolean coverTogether(List<String[]> wide, String[] narrow) {
        if (!isAll(narrow[narrow.length - 1])) {
            return anyCovers(wide, narrow);
        }
        int shortest = narrow.length - 1;
        // One level more than any filter has: longer topics are matched by the same filters.
        int longest = wide.stream().mapToInt(levels -> levels.length).max().orElse(0) + 1;
        for (int length = Math.max(shortest, longest); length >= shortest; length--) {
            String[] ofLength = Arrays.copyOf(narrow, length);
            Arrays.fill(ofLength, shortest, length, "+");
            if (!anyCovers(wide, ofLength)) {
                return false;
            }
        }
        return true;
    }

    private static boolean anyCovers(List<String[]> wide, String[] narrow) {
        return wide.stream().anyMatch(levels -> covers(levels, narrow));
    }

    /** Whether some topic is matched by both. */
    static boolean overlap(String[] a, String[] b) {
        if ((isWildcard(a[0]) && b[0].startsWith("$")) || (isWildcard(b[0]) && a[0].startsWith("$"))) {
            return false;
        }
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            // A last '#' includes the level above it, so the other filter may have ended there.
            if ((i < a.length && isAll(a[i])) || (i < b.length && isAll(b[i]))) {
                return true;
            }
            if (i == a.length || i == b.length) {
                return false;
            }
            if (!a[i].equals(b[i]) && !"+".equals(a[i]) && !"+".equals(b[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAll(String level) {
        return "#".equals(level);
    }

    private static boolean isWildcard(String level) {
        return "+".equals(level);
    }
}
