package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.PolicyOutline.Text;
import io.apsaramqtt.policy.ResourceName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Grants on every topic of every instance. */
final class BreadthRule implements LintRule {

    private static final List<String> ALL_TOPICS = List.of(
            "topic/" + ResourceName.UNKNOWN + "/" + ResourceName.UNKNOWN,
            ResourceName.UNKNOWN + "%" + ResourceName.UNKNOWN);

    @Override
    public void check(LintedDocument document, Findings findings) {
        for (LintedStatement statement : document.statements()) {
            if (statement.isAllow()) {
                broadResource(statement).ifPresent(resource -> check(statement, resource, findings));
            }
        }
    }

    private static void check(LintedStatement statement, Text resource, Findings findings) {
        List<String> granted =
                Stream.of("mq:PUB", "mq:SUB").filter(statement::namesAction).toList();
        if (granted.isEmpty()) {
            return;
        }
        boolean all = statement.namesAction("mq:*");
        findings.add(
                statement.hasCondition() ? Severity.ADVICE : Severity.WARNING,
                Rule.OVER_BROAD,
                resource,
                "Resource [" + resource.text() + "] with " + (all ? "every action" : String.join(" and ", granted))
                        + " is a grant on every topic of every instance of the account. Name the topics, as in"
                        + " acs:mq:*:*:topic/post-cn-x/alarms");
    }

    /** The text that names all topics; for NotResource, the first exception. */
    private static Optional<Text> broadResource(LintedStatement statement) {
        if (statement.exceptsResources()) {
            return statement.resources().stream()
                    .filter(resource -> !resource.isAny())
                    .map(LintedResource::at)
                    .findFirst();
        }
        return statement.resources().stream()
                .filter(resource -> ALL_TOPICS.stream().anyMatch(resource::coversId))
                .map(LintedResource::at)
                .findFirst();
    }
}
