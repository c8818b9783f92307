package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The texts of a JSON document with the place of each, for advice that points at the very action, resource or condition. It
 * asks for JSON only, not for a policy; comments are read over.
 *
 * <p>Immutable.
 */
public final class PolicyOutline {

    private final List<Text> members;
    private final List<Text> values;

    /**
     * A text of the document.
     *
     * @param pointer JSON pointer (RFC 6901) to the value, or to the member of that name
     * @param text the text, without quotes and escapes
     * @param line line of its opening quote, from 1
     * @param column column of its opening quote, in characters, from 1
     */
    public record Text(String pointer, String text, int line, int column) {}

    private PolicyOutline(List<Text> members, List<Text> values) {
        this.members = List.copyOf(members);
        this.values = List.copyOf(values);
    }

    /**
     * The outline of a document.
     *
     * @param source name of the document, such as its file name
     * @throws MalformedPolicyException if it is not JSON, with line and column
     */
    public static PolicyOutline read(String source, String document) {
        List<Text> members = new ArrayList<>();
        List<Text> values = new ArrayList<>();
        return JsonCursor.read(source, document, cursor -> {
            cursor.texts((isName, pointer, text, line, column) ->
                    (isName ? members : values).add(new Text(pointer, text, line, column)));
            return new PolicyOutline(members, values);
        });
    }

    /** The names of the condition operators that RAM has (RAM page "Condition operators"). */
    public static List<String> conditionOperators() {
        return Arrays.stream(ConditionOperator.values())
                .map(ConditionOperator::toString)
                .toList();
    }

    /** The names of all members, in the order of the document. */
    public List<Text> members() {
        return members;
    }

    /** All values that are strings, in the order of the document. */
    public List<Text> values() {
        return values;
    }
}
