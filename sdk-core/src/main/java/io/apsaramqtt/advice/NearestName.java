package io.apsaramqtt.advice;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that was most likely meant. */
final class NearestName {

    private NearestName() {}

    /**
     * The name that takes the fewest letters to change, if they are no more than a third of it; else the longest that the
     * text begins with, as {@code mq:SUBSCRIBE} does with {@code mq:SUB}.
     */
    static Optional<String> to(String text, Collection<String> names) {
        String lower = text.toLowerCase(Locale.ROOT);
        return names.stream()
                .min(Comparator.comparingInt((String name) -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= Math.max(2, text.length() / 3))
                .or(() -> names.stream()
                        .filter(name -> lower.startsWith(name.toLowerCase(Locale.ROOT)))
                        .max(Comparator.comparingInt(String::length)));
    }

    /** Levenshtein's: letters to insert, delete or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
