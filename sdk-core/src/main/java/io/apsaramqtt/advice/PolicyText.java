package io.apsaramqtt.advice;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a policy document, one value a line, the same text for the same grants. */
final class PolicyText {

    private PolicyText() {}

    /** One Allow for each action, in order, on its resources. */
    static String of(Map<String, ? extends Collection<String>> resourcesByAction) {
        return resourcesByAction.entrySet().stream()
                .map(grant -> statement(grant.getKey(), grant.getValue()))
                .collect(Collectors.joining(",\n", "{\n  \"Version\": \"1\",\n  \"Statement\": [\n", "\n  ]\n}\n"));
    }

    private static String statement(String action, Collection<String> resources) {
        return "    {\n      \"Effect\": \"Allow\",\n      \"Action\": " + array(List.of(action))
                + ",\n      \"Resource\": " + array(resources) + "\n    }";
    }

    private static String array(Collection<String> values) {
        return values.stream()
                .map(value -> "        " + quoted(value))
                .collect(Collectors.joining(",\n", "[\n", "\n      ]"));
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
