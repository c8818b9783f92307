package io.apsaramqtt.spring.listener;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic filter, some single-level wildcards of which have a name: {@code devices/{id}/temperature} is the filter
 * {@code devices/+/temperature}, and the topic {@code devices/7/temperature} says {@code id=7}. Immutable.
 */
final class TopicTemplate {

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]*)}");

    private final TopicFilter filter;
    /** The name of each variable by the index of its level, counted without the name of a shared subscription. */
    private final Map<Integer, String> variables;

    private TopicTemplate(TopicFilter filter, Map<Integer, String> variables) {
        this.filter = filter;
        this.variables = variables;
    }

    /**
     * Throws {@link IllegalArgumentException} for a bad level variable, and what {@link TopicFilter#of} throws for a bad filter.
     */
    static TopicTemplate parse(String text) {
        String[] levels = text.split("/", -1);
        int first = text.startsWith("$share/") ? 2 : 0;
        Map<Integer, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < levels.length; i++) {
            Matcher variable = VARIABLE.matcher(levels[i]);
            if (variable.matches() && i >= first) {
                if (variables.containsValue(variable.group(1))) {
                    throw refused(text, "names the level variable {" + variable.group(1) + "} twice");
                }
                variables.put(i - first, variable.group(1));
                levels[i] = "+";
            } else if (levels[i].indexOf('{') >= 0 || levels[i].indexOf('}') >= 0) {
                throw refused(text, "has [" + levels[i] + "], which is no level variable");
            }
        }
        return new TopicTemplate(TopicFilter.of(String.join("/", levels)), variables);
    }

    private static IllegalArgumentException refused(String text, String problem) {
        return new IllegalArgumentException("Topic [" + text + "] " + problem
                + "; a level variable is a whole level with a name of its own, as in devices/{id}/temperature");
    }

    TopicFilter filter() {
        return filter;
    }

    /** The names of the variables. */
    Set<String> names() {
        return Set.copyOf(variables.values());
    }

    /** The value of each variable in a topic that the filter matches. */
    Map<String, String> values(TopicName topic) {
        if (variables.isEmpty()) {
            return Map.of();
        }
        String[] levels = topic.value().split("/", -1);
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach((index, name) -> values.put(name, levels[index]));
        return values;
    }

    /** The filter, where variables are wildcards. */
    @Override
    public String toString() {
        return filter.value();
    }
}
