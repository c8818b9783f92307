package io.apsaramqtt.advice;

import io.apsaramqtt.policy.PolicyOutline;
import io.apsaramqtt.policy.PolicyOutline.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A policy document, or a set of named ones, as it was written. Immutable once read. */
record LintedDocument(List<DocumentText> texts, List<Text> values, List<LintedStatement> statements) {

    /** A statement, its member, and what is below. */
    private static final Pattern IN_STATEMENT =
            Pattern.compile("((?:/policies/\\d+/document)?/Statement/(\\d{1,9}))/([^/]+)(?:/(.+))?");

    LintedDocument {
        texts = List.copyOf(texts);
        values = List.copyOf(values);
        statements = List.copyOf(statements);
    }

    /**
     * A document.
     *
     * @param text valid JSON, each comment in it blanked out
     * @param outline the outline of it
     */
    static LintedDocument of(String text, PolicyOutline outline) {
        Map<String, LintedStatement> statements = new LinkedHashMap<>();
        List<Text> values = new ArrayList<>();
        for (Text name : outline.members()) {
            inStatement(name, statements, (statement, at) -> {
                if (at.group(4) == null) {
                    statement.addMember(name);
                } else if ("Condition".equals(at.group(3)) && at.group(4).indexOf('/') < 0) {
                    statement.addOperator(name);
                }
            });
        }
        for (Text value : outline.values()) {
            inStatement(value, statements, (statement, at) -> {
                statement.addValue(at.group(3), value);
                values.add(value);
            });
        }
        return new LintedDocument(DocumentText.of(text, outline), values, new ArrayList<>(statements.values()));
    }

    private static void inStatement(
            Text text, Map<String, LintedStatement> statements, BiConsumer<LintedStatement, Matcher> add) {
        Matcher at = IN_STATEMENT.matcher(text.pointer());
        if (at.matches()) {
            add.accept(
                    statements.computeIfAbsent(
                            at.group(1), key -> new LintedStatement(Integer.parseInt(at.group(2)) + 1, text)),
                    at);
        }
    }

    /** Whether an Allow, perhaps on a condition, grants the action on everything with this relative ID. */
    boolean grants(String action, String relativeId) {
        return statements.stream()
                .anyMatch(statement ->
                        statement.isAllow() && statement.namesAction(action) && statement.namesResource(relativeId));
    }
}
