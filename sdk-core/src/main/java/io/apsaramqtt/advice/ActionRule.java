package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.PolicyOutline.Text;
import io.apsaramqtt.resource.ActionCatalogue;
import io.apsaramqtt.resource.ActionCatalogue.Action;
import io.apsaramqtt.resource.ActionCatalogue.Operation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Actions of the service that are not known; those of other services are not judged. */
final class ActionRule implements LintRule {

    /** Actions, and operations of the OpenAPI, of which some may be actions too. */
    private static final List<String> NAMES = Stream.concat(
                    ActionCatalogue.actions().stream().map(Action::name),
                    ActionCatalogue.operations().stream().map(Operation::name))
            .toList();

    @Override
    public void check(LintedDocument document, Findings findings) {
        for (LintedStatement statement : document.statements()) {
            for (Text action : statement.actions()) {
                if (!Placeholders.in(action.text())) {
                    check(action, findings);
                }
            }
        }
    }

    private static void check(Text action, Findings findings) {
        String text = action.text();
        String dense = text.replaceAll("\\s", "");
        if ("*".equals(text)) {
            return;
        }
        if (dense.indexOf(':') < 0) {
            findings.add(
                    Severity.ERROR,
                    Rule.UNKNOWN_ACTION,
                    action,
                    "Action [" + text + "] names no service: it matches nothing. Write "
                            + NearestName.to("mq:" + dense, NAMES).orElse("mq:<action>, as in mq:PUB"));
        } else if (!dense.regionMatches(true, 0, "mq:", 0, 3)) {
            return;
        } else if (!dense.equals(text)) {
            findings.add(
                    Severity.ERROR,
                    Rule.BLANK_IN_ACTION,
                    action,
                    "Action [" + text + "] has a blank in it: it matches nothing. Write " + dense);
        } else if (Wildcards.has(text)) {
            checkPattern(action, findings);
        } else {
            checkName(action, findings);
        }
    }

    private static void checkPattern(Text action, Findings findings) {
        if (NAMES.stream().noneMatch(name -> LintedStatement.coversAction(action.text(), name))) {
            findings.add(
                    Severity.ADVICE,
                    Rule.UNKNOWN_ACTION,
                    action,
                    "Action [" + action.text() + "] matches no action of MQTT or MQ that is known here."
                            + " Remove it, unless it is meant for the consoles");
        }
    }

    private static void checkName(Text action, Findings findings) {
        Optional<Action> known = ActionCatalogue.actions().stream()
                .filter(each -> each.name().equalsIgnoreCase(action.text()))
                .findFirst();
        if (known.isPresent()) {
            checkSpelling(action, known.get(), findings);
            return;
        }
        Optional<Operation> operation = ActionCatalogue.operations().stream()
                .filter(each -> each.name().equalsIgnoreCase(action.text()))
                .findFirst();
        if (operation.isPresent()) {
            reportOperation(action, operation.get(), findings);
            return;
        }
        findings.add(
                Severity.WARNING,
                Rule.UNKNOWN_ACTION,
                action,
                "Action [" + action.text() + "] is none of the service's actions that are known here. "
                        + NearestName.to(action.text(), NAMES)
                                .map(ActionRule::suggestion)
                                .orElse("Look it up in the service page \"Policies\", or remove it"));
    }

    private static void checkSpelling(Text action, Action known, Findings findings) {
        String text = action.text();
        if (known.misspelled()) {
            findings.add(
                    Severity.ADVICE,
                    Rule.MISSPELLED_BY_VENDOR,
                    action,
                    "Action [" + text + "] is misspelt, but the service's own page spells it so (\"Intance\"). Keep it;"
                            + " ask the service's support before you rely on it");
        } else if (!known.name().equals(text)) {
            findings.add(
                    Severity.ADVICE,
                    Rule.UNKNOWN_ACTION,
                    action,
                    "Action [" + text + "] differs from " + known.name() + " by case, which RAM ignores in most"
                            + " cases, as its pages say. Write " + known.name());
        }
    }

    private static void reportOperation(Text action, Operation operation, Findings findings) {
        findings.add(
                Severity.ADVICE,
                Rule.OPERATION_NAME,
                action,
                "Action [" + action.text() + "] is named after an operation of the OpenAPI, "
                        + operation
                                .action()
                                .map(name -> "for which the service's pages name " + name + ". Write " + name
                                        + ", in place of it or beside it")
                                .orElse("and how its action is spelt is not known here. Look it up in the service page"
                                        + " \"RAM authentication\" before you rely on it"));
    }

    /** The action that was most likely meant; for an operation, its action. */
    private static String suggestion(String nearest) {
        String name = ActionCatalogue.operations().stream()
                .filter(operation -> operation.name().equals(nearest))
                .findFirst()
                .flatMap(Operation::action)
                .orElse(nearest);
        boolean misspelled = ActionCatalogue.actions().stream()
                .anyMatch(action -> action.misspelled() && action.name().equals(name));
        return "The nearest is " + name + (misspelled ? ", misspelt on the service's own page; write it so" : "");
    }
}
