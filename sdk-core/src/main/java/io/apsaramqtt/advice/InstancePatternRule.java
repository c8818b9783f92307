package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns meant for one instance that match more, or less. */
final class InstancePatternRule implements LintRule {

    private static final String ACCESS = "mq:MqttInstanceAccess";

    /** An ID, then a star that may run on within the ID. */
    private static final Pattern RUNS_ON = Pattern.compile("(|(?:topic|groupId|instance|rule)/)([^*?/%]+)\\*");

    private static final Pattern BETWEEN_STARS = Pattern.compile("\\*/([^*?/%]+)/\\*");

    /** All of an instance before the current edition: the ID, perhaps with a star. */
    private static final Pattern ALL_OF = Pattern.compile("([^*?/%]+)(?:%?\\*)?");

    @Override
    public void check(LintedDocument document, Findings findings) {
        for (LintedStatement statement : document.statements()) {
            for (LintedResource resource : statement.resources()) {
                if (resource.isOfService()) {
                    checkLongerIds(statement, resource, findings);
                    checkInstance(document, statement, resource, findings);
                    checkTopics(document, statement, resource, findings);
                }
            }
        }
    }

    private static void checkLongerIds(LintedStatement statement, LintedResource resource, Findings findings) {
        Matcher matcher = RUNS_ON.matcher(resource.relativeId());
        if (!matcher.matches()) {
            return;
        }
        String prefix = matcher.group(1);
        String id = matcher.group(2);
        // Without a namespace a bare name may be a topic's; mq:* is never meant for one.
        if (prefix.isEmpty() && !InstanceIds.looksLikeAny(id) && !statement.namesAction("mq:*")) {
            return;
        }
        String start = resource.text().substring(0, resource.text().length() - id.length() - prefix.length() - 1);
        String better = prefix.isEmpty()
                ? start + id + " and " + start + id + "%*"
                : start + prefix + id + ("instance/".equals(prefix) ? "" : "/*");
        findings.add(
                Severity.ADVICE,
                Rule.COVERS_LONGER_IDS,
                resource.at(),
                "Resource [" + resource.text() + "] covers every instance whose ID begins with " + id
                        + ", longer ones too. Write " + better);
    }

    private static void checkInstance(
            LintedDocument document, LintedStatement statement, LintedResource resource, Findings findings) {
        Matcher matcher = BETWEEN_STARS.matcher(resource.relativeId());
        if (!matcher.matches() || !isGranted(statement)) {
            return;
        }
        String instance = "instance/" + matcher.group(1);
        if (!document.grants(ACCESS, instance)) {
            findings.add(
                    Severity.WARNING,
                    Rule.MISSES_INSTANCE,
                    resource.at(),
                    "Resource [" + resource.text() + "] covers topics, groups and rules, but not the instance itself ("
                            + instance + "), on which " + ACCESS + " is asked. Add acs:mq:*:*:" + instance);
        }
    }

    private static void checkTopics(
            LintedDocument document, LintedStatement statement, LintedResource resource, Findings findings) {
        Matcher matcher = ALL_OF.matcher(resource.relativeId());
        if (!matcher.matches() || !isGranted(statement) || !statement.namesAction("mq:*")) {
            return;
        }
        String id = matcher.group(1);
        if (InstanceIds.looksLikeMqtt(id) && !grantsTopicsElsewhere(document, id)) {
            findings.add(
                    Severity.ADVICE,
                    Rule.COVERS_NO_TOPICS,
                    resource.at(),
                    "Resource [" + resource.text() + "] covers no topics: before the current edition the topics of an"
                            + " MQTT instance lie under the RocketMQ instance that stores its messages."
                            + " Add acs:mq:*:*:<store instance ID>%<topic>, or in the current edition write"
                            + " acs:mq:*:*:topic/" + id + "/*");
        }
    }

    private static boolean isGranted(LintedStatement statement) {
        return statement.isAllow() && !statement.exceptsResources();
    }

    private static boolean grantsTopicsElsewhere(LintedDocument document, String id) {
        return document.statements().stream()
                .filter(InstancePatternRule::isGranted)
                .filter(statement -> statement.namesAction("mq:PUB") || statement.namesAction("mq:SUB"))
                .flatMap(statement -> statement.resources().stream())
                .filter(LintedResource::isOfService)
                .map(LintedResource::relativeId)
                .anyMatch(relativeId -> !relativeId.startsWith(id) && !relativeId.startsWith("groupId/"));
    }
}
