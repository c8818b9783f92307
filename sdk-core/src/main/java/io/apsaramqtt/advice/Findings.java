package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.PolicyOutline.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the rules found in one document. Not thread-safe. */
final class Findings {

    private static final Comparator<Finding> BY_PLACE = Comparator.comparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::rule);

    private final String source;
    private final List<Finding> found = new ArrayList<>();

    Findings(String source) {
        this.source = source;
    }

    void add(Severity severity, Rule rule, Text at, String message) {
        add(severity, rule, at.line(), at.column(), message);
    }

    void add(Severity severity, Rule rule, int line, int column, String message) {
        found.add(new Finding(severity, rule, source, line, column, message));
    }

    List<Finding> inOrder() {
        return found.stream().sorted(BY_PLACE).toList();
    }
}
