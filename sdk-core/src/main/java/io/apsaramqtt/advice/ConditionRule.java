package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.PolicyOutline;
import io.apsaramqtt.policy.PolicyOutline.Text;
import java.util.List;

/** Condition operators and members that RAM does not have: this SDK cannot decide such a statement. */
final class ConditionRule implements LintRule {

    private static final List<String> OPERATORS = PolicyOutline.conditionOperators();

    private static final List<String> MEMBERS =
            List.of("Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Sid");

    @Override
    public void check(LintedDocument document, Findings findings) {
        for (LintedStatement statement : document.statements()) {
            statement.operators().stream()
                    .filter(operator -> !OPERATORS.contains(operator.text()))
                    .forEach(operator -> checkOperator(operator, findings));
            statement.members().stream()
                    .filter(member -> !MEMBERS.contains(member.text()))
                    .forEach(member -> checkMember(member, findings));
        }
    }

    private static void checkOperator(Text operator, Findings findings) {
        String text = operator.text();
        boolean ofSets = text.startsWith("ForAnyValue:") || text.startsWith("ForAllValues:");
        String problem;
        if (ofSets) {
            String plain = text.substring(text.indexOf(':') + 1);
            problem = "is on no page of RAM; only others claim that it works. Write "
                    + (OPERATORS.contains(plain) ? plain : "an operator of RAM");
        } else if (text.endsWith("IfExists")) {
            problem = "is refused by RAM: it has no IfExists. Write " + text.substring(0, text.length() - 8)
                    + ", and state what holds where the key is absent in a statement of its own";
        } else if ("Null".equals(text)) {
            problem = "is refused by RAM: it cannot test whether a key is there. Remove it";
        } else {
            problem = "does not exist. "
                    + NearestName.to(text, OPERATORS)
                            .map(name -> "Write " + name)
                            .orElse("Write one of " + String.join(", ", OPERATORS));
        }
        findings.add(
                ofSets ? Severity.WARNING : Severity.ERROR,
                Rule.UNSUPPORTED_OPERATOR,
                operator,
                "Condition operator [" + text + "] " + problem);
    }

    private static void checkMember(Text member, Findings findings) {
        String text = member.text();
        findings.add(
                Severity.WARNING,
                Rule.UNKNOWN_MEMBER,
                member,
                "Member [" + text + "] is none that a statement has ("
                        + String.join(", ", MEMBERS) + "). "
                        + ("Principal".equals(text)
                                ? "Only policies of resources and of roles have one. Remove it"
                                : NearestName.to(text, MEMBERS)
                                        .map(name -> "Write " + name + ", or remove it")
                                        .orElse("Remove it")));
    }
}
