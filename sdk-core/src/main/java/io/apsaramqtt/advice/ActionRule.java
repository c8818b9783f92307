package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.PolicyOutline.Text;
import io.apsaramqtt.resource.ActionCatalogue;
import io.apsaramqtt.resource.ActionCatalogue.Action;
import java.util.List;
import java.util.Optional;

/** Actions of the service that no page names; those of other services are not judged. */
final class ActionRule implements LintRule {

    private static final List<String> NAMES =
            ActionCatalogue.actions().stream().map(Action::name).toList();

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
        String text = action.text();
        Optional<Action> known = ActionCatalogue.actions().stream()
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst();
        if (known.isEmpty()) {
            findings.add(
                    Severity.WARNING,
                    Rule.UNKNOWN_ACTION,
                    action,
                    "Action [" + text + "] is named on no page of the service. "
                            + NearestName.to(text, NAMES)
                                    .map(ActionRule::suggestion)
                                    .orElse("Look it up in the service page \"Policies\", or remove it"));
        } else if (known.get().misspelled()) {
            findings.add(
                    Severity.ADVICE,
                    Rule.MISSPELLED_BY_VENDOR,
                    action,
                    "Action [" + text + "] is misspelt, but the service's own page spells it so (\"Intance\"). Keep it;"
                            + " ask the service's support before you rely on it");
        } else if (!known.get().name().equals(text)) {
            findings.add(
                    Severity.ADVICE,
                    Rule.UNKNOWN_ACTION,
                    action,
                    "Action [" + text + "] differs from " + known.get().name() + " by case, which RAM ignores in most"
                            + " cases, as its pages say. Write " + known.get().name());
        }
    }

    private static String suggestion(String name) {
        boolean misspelled = ActionCatalogue.actions().stream()
                .anyMatch(action -> action.misspelled() && action.name().equals(name));
        return "The nearest is " + name + (misspelled ? ", misspelt on the service's own page; write it so" : "");
    }
}
