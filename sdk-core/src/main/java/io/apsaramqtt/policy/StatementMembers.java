package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of one statement, in whatever order they come (RAM page "Policy elements"). */
final class StatementMembers {

    private final JsonCursor cursor;
    private final int line;
    private final int column;
    private final int start;
    private String json = "{}";
    private final List<String> undecidable = new ArrayList<>();
    private @Nullable Effect effect;
    private @Nullable List<String> actions;
    private boolean exceptActions;
    private @Nullable List<String> resources;
    private boolean exceptResources;
    private Condition condition = Condition.NONE;

    StatementMembers(JsonCursor cursor) {
        this.cursor = cursor;
        this.line = cursor.line();
        this.column = cursor.column();
        this.start = cursor.offset();
    }

    void read(String member) {
        switch (member) {
            case "Effect" -> effect = effect();
            case "Action", "NotAction" -> {
                if (actions != null) {
                    throw cursor.malformed("a statement has either Action or NotAction; remove one");
                }
                actions = cursor.strings(member);
                exceptActions = "NotAction".equals(member);
            }
            case "Resource", "NotResource" -> {
                if (resources != null) {
                    throw cursor.malformed("a statement has either Resource or NotResource; remove one");
                }
                resources = cursor.strings(member);
                exceptResources = "NotResource".equals(member);
            }
            case "Sid" -> cursor.string("Sid");
            case "Condition" -> condition = condition();
            default -> {
                undecidable.add("unknown member [" + member + "]");
                cursor.skip();
            }
        }
    }

    private Effect effect() {
        String text = cursor.string("Effect");
        return switch (text) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            default ->
                throw cursor.malformed("Effect [" + text + "] does not exist; allowed are \"Allow\" and \"Deny\"");
        };
    }

    private Condition condition() {
        List<Condition.Test> tests = new ArrayList<>();
        cursor.object("Condition", name -> {
            Optional<ConditionOperator> operator = ConditionOperator.named(name);
            if (operator.isEmpty()) {
                undecidable.add("unknown operator [" + name + "]");
                cursor.skip();
                return;
            }
            cursor.object(name, key -> tests.add(new Condition.Test(operator.get(), key, cursor.values(key))));
        });
        return new Condition(tests);
    }

    /** Called at the end of the statement; throws if a member is missing. */
    void end() {
        json = cursor.objectFrom(start);
        if (effect == null) {
            throw cursor.malformed("Effect is missing from the statement; allowed are \"Allow\" and \"Deny\"");
        }
        if (actions == null) {
            throw cursor.malformed("Action is missing from the statement");
        }
        if (resources == null) {
            throw cursor.malformed("Resource is missing from the statement");
        }
    }

    Statement build(String policy, String attachment, int number, List<String> undecidableDocument) {
        List<String> reasons = new ArrayList<>(undecidable);
        reasons.addAll(undecidableDocument);
        return new Statement(
                new Statement.Place(policy, number, line, column, attachment),
                Objects.requireNonNull(effect),
                Objects.requireNonNull(actions),
                exceptActions,
                Objects.requireNonNull(resources),
                exceptResources,
                condition,
                reasons,
                json);
    }
}
