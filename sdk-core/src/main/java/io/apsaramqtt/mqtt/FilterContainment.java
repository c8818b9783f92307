package io.apsaramqtt.mqtt;

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
