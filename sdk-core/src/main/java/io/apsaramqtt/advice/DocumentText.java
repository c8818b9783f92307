package io.apsaramqtt.advice;

import io.apsaramqtt.policy.PolicyOutline;
import io.apsaramqtt.policy.PolicyOutline.Text;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One policy document as text: the whole of a file, or what a set of named policies holds under {@code document}.
 *
 * @param line line of its first character, from 1
 * @param column column of its first character, from 1
 * @param characters how many it has, as it stands
 * @param dense how many it has without the blanks between its values, and without comments
 */
record DocumentText(int line, int column, int characters, int dense) {

    private static final Pattern OF_SET = Pattern.compile("/policies/\\d+/document");
    private static final String BLANKS = " \t\r\n";

    /**
     * The documents in a text.
     *
     * @param text valid JSON, each comment in it blanked out
     * @param outline the outline of it
     */
    static List<DocumentText> of(String text, PolicyOutline outline) {
        TextPlaces places = new TextPlaces(text);
        if (outline.members().stream().noneMatch(member -> "/policies".equals(member.pointer()))) {
            return List.of(
                    at(text, places, afterBlanks(text, 0), text.stripTrailing().length()));
        }
        return outline.members().stream()
                .filter(member -> OF_SET.matcher(member.pointer()).matches())
                .map(member -> below(text, places, member))
                .toList();
    }

    private static DocumentText below(String text, TextPlaces places, Text member) {
        int colon = afterBlanks(text, endOfString(text, places.index(member.line(), member.column())));
        int start = afterBlanks(text, colon + 1);
        return at(text, places, start, endOfValue(text, start));
    }

    private static DocumentText at(String text, TextPlaces places, int start, int end) {
        return new DocumentText(
                places.line(start), places.column(start), text.codePointCount(start, end), dense(text, start, end));
    }

    private static int dense(String text, int start, int end) {
        int dense = 0;
        int i = start;
        while (i < end) {
            int next = text.charAt(i) == '"' ? endOfString(text, i) : i + 1;
            if (BLANKS.indexOf(text.charAt(i)) < 0) {
                dense += text.codePointCount(i, next);
            }
            i = next;
        }
        return dense;
    }

    private static int afterBlanks(String text, int from) {
        int i = from;
        while (BLANKS.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** Past an object or array; elsewhere past the first character or string, as no document is anything else. */
    private static int endOfValue(String text, int start) {
        int depth = 0;
        int i = start;
        do {
            char c = text.charAt(i);
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            i = c == '"' ? endOfString(text, i) : i + 1;
        } while (depth > 0);
        return i;
    }

    private static int endOfString(String text, int openingQuote) {
        int i = openingQuote + 1;
        while (text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }
}
