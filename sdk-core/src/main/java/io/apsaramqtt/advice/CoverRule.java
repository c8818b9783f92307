package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import java.util.List;
import java.util.Optional;

/** Statements that change nothing, as another one certainly covers all of them. */
final class CoverRule implements LintRule {

    @Override
    public void check(LintedDocument document, Findings findings) {
        List<LintedStatement> statements = document.statements();
        for (int i = 0; i < statements.size(); i++) {
            LintedStatement statement = statements.get(i);
            Optional<LintedStatement> deny = hidingDeny(statements, statement);
            if (deny.isPresent()) {
                findings.add(
                        Severity.WARNING,
                        Rule.DENY_HIDES_ALLOW,
                        statement.at(),
                        "Statement [" + statement + "] never allows anything: the Deny of " + deny.get()
                                + " covers all of it, and a Deny wins. Remove the Allow, or narrow the Deny");
            } else {
                widerStatement(statements, i)
                        .ifPresent(wider -> findings.add(
                                Severity.ADVICE,
                                Rule.UNREACHABLE,
                                statement.at(),
                                "Statement [" + statement + "] changes nothing: " + wider
                                        + " says all of it. Remove the narrower one, or narrow the wider one"));
            }
        }
    }

    private static Optional<LintedStatement> hidingDeny(List<LintedStatement> statements, LintedStatement hidden) {
        return statements.stream()
                .filter(wide -> hidden.isAllow() && !wide.isAllow() && covers(wide, hidden))
                .findFirst();
    }

    private static Optional<LintedStatement> widerStatement(List<LintedStatement> statements, int index) {
        LintedStatement narrow = statements.get(index);
        for (int i = 0; i < statements.size(); i++) {
            LintedStatement wide = statements.get(i);
            // Of two that say the same, the second is the one too many.
            if (i != index
                    && wide.isAllow() == narrow.isAllow()
                    && covers(wide, narrow)
                    && (i < index || !covers(narrow, wide))) {
                return Optional.of(wide);
            }
        }
        return Optional.empty();
    }

    private static boolean covers(LintedStatement wide, LintedStatement narrow) {
        return wide.isUnconditional()
                && isPlain(wide)
                && isPlain(narrow)
                && narrow.actions().stream()
                        .allMatch(action -> wide.actions().stream()
                                .anyMatch(each -> LintedStatement.coversAction(each.text(), action.text())))
                && narrow.resources().stream()
                        .allMatch(resource -> wide.resources().stream().anyMatch(each -> each.covers(resource)));
    }

    private static boolean isPlain(LintedStatement statement) {
        return !statement.exceptsActions()
                && !statement.exceptsResources()
                && !statement.actions().isEmpty()
                && !statement.resources().isEmpty();
    }
}
