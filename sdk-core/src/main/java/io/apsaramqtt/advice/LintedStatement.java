package io.apsaramqtt.advice;

import io.apsaramqtt.policy.PolicyOutline.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One statement as it was written: every text of it with its place. Filled while the document is read, unchanged then. */
final class LintedStatement {

    private final List<Text> actions = new ArrayList<>();
    private final List<LintedResource> resources = new ArrayList<>();
    private final List<Text> members = new ArrayList<>();
    private final List<Text> operators = new ArrayList<>();
    private final int number;
    private final Text first;
    private @Nullable Text effect;
    private boolean exceptActions;
    private boolean exceptResources;

    LintedStatement(int number, Text first) {
        this.number = number;
        this.first = first;
    }

    void addValue(String member, Text value) {
        switch (member) {
            case "Effect" -> effect = value;
            case "Action", "NotAction" -> {
                actions.add(value);
                exceptActions |= member.startsWith("Not");
            }
            case "Resource", "NotResource" -> {
                resources.add(new LintedResource(value));
                exceptResources |= member.startsWith("Not");
            }
            default -> {}
        }
    }

    void addMember(Text name) {
        members.add(name);
    }

    void addOperator(Text name) {
        operators.add(name);
    }

    /** The text that stands for the whole statement. */
    Text at() {
        return effect == null ? first : effect;
    }

    boolean isAllow() {
        return effect != null && "Allow".equals(effect.text());
    }

    List<Text> actions() {
        return actions;
    }

    List<LintedResource> resources() {
        return resources;
    }

    List<Text> members() {
        return members;
    }

    List<Text> operators() {
        return operators;
    }

    boolean exceptsActions() {
        return exceptActions;
    }

    boolean exceptsResources() {
        return exceptResources;
    }

    /** Whether it applies whenever action and resource match: no condition, and no member whose meaning is unknown. */
    boolean isUnconditional() {
        return members.stream()
                .allMatch(name -> List.of("Effect", "Action", "NotAction", "Resource", "NotResource", "Sid")
                        .contains(name.text()));
    }

    boolean hasCondition() {
        return members.stream().anyMatch(name -> "Condition".equals(name.text()));
    }

    /** Whether it names this action, which may hold wildcards: then, whether it names all of them. */
    boolean namesAction(String action) {
        return exceptActions != actions.stream().anyMatch(text -> coversAction(text.text(), action));
    }

    /** Whether it names everything with this relative ID, which may hold wildcards. */
    boolean namesResource(String relativeId) {
        return exceptResources != resources.stream().anyMatch(resource -> resource.coversId(relativeId));
    }

    /** Whether one action, as a pattern, covers another; RAM compares actions without regard to case. */
    static boolean coversAction(String wide, String narrow) {
        return Wildcards.covers(wide.toLowerCase(Locale.ROOT), narrow.toLowerCase(Locale.ROOT));
    }

    /** {@code statement 2 (line 9)}. */
    @Override
    public String toString() {
        return "statement " + number + " (line " + at().line() + ")";
    }
}
