package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.resource.ActionCatalogue;
import io.apsaramqtt.resource.ActionCatalogue.Action;
import io.apsaramqtt.resource.ActionCatalogue.Action.On;
import java.util.List;
import java.util.Locale;

/**
 * Topics and groups granted without the permission on their instance. The generations before the current one name topics
 * alike, so theirs is told from what else the document names.
 */
final class PrerequisiteRule implements LintRule {

    private static final String ACCESS = "mq:MqttInstanceAccess";
    private static final String OF_MQTT_2019 = "mq:OnsMqttInstanceBaseInfo";
    private static final List<String> OF_MQ = List.of("mq:OnsInstanceBaseInfo", "mq:QueryInstanceBaseInfo");

    /** Actions on topics and groups: those that need more than themselves. */
    private static final List<String> DEPENDENT = ActionCatalogue.actions().stream()
            .filter(action -> action.on().contains(On.TOPIC) || action.on().contains(On.GROUP))
            .map(Action::name)
            .toList();

    @Override
    public void check(LintedDocument document, Findings findings) {
        for (LintedStatement statement : document.statements()) {
            if (statement.isAllow()
                    && !statement.exceptsResources()
                    && DEPENDENT.stream().anyMatch(statement::namesAction)) {
                for (LintedResource resource : statement.resources()) {
                    if (resource.isOfService() && !resource.relativeId().startsWith("*")) {
                        check(document, resource, findings);
                    }
                }
            }
        }
    }

    private static void check(LintedDocument document, LintedResource resource, Findings findings) {
        String relativeId = resource.relativeId();
        if (relativeId.startsWith("topic/") || relativeId.startsWith("groupId/")) {
            String instance = "instance/" + relativeId.split("/", -1)[1];
            if (!document.grants(ACCESS, instance)) {
                advise(resource, instance, findings);
            }
        } else if (relativeId.indexOf('/') < 0) {
            int percent = relativeId.indexOf('%');
            checkBefore(document, resource, percent < 0 ? "" : relativeId.substring(0, percent), findings);
        }
    }

    /** Before the current edition; the instance is empty without a namespace. */
    private static void checkBefore(
            LintedDocument document, LintedResource resource, String instance, Findings findings) {
        boolean granted = OF_MQ.stream()
                        .anyMatch(action -> instance.isEmpty()
                                ? isGrantedSomewhere(document, action)
                                : document.grants(action, instance))
                || isGrantedSomewhere(document, ACCESS)
                || isGrantedSomewhere(document, OF_MQTT_2019);
        if (granted) {
            return;
        }
        if (names(document, "mq:onsmqtt")) {
            report(resource, OF_MQTT_2019 + " on the MQTT instance", findings);
        } else if (namesMqttInstance(document)) {
            advise(resource, "the MQTT instance", findings);
        } else {
            report(
                    resource,
                    String.join(" (or, since 2020, ", OF_MQ) + ") on "
                            + (instance.isEmpty() ? "the instance" : "acs:mq:*:*:" + instance),
                    findings);
        }
    }

    private static void advise(LintedResource resource, String instance, Findings findings) {
        findings.add(
                Severity.ADVICE,
                Rule.MISSING_PREREQUISITE,
                resource.at(),
                "Resource [" + resource.text() + "] is granted without " + ACCESS + " on " + instance
                        + ": the service's pages disagree whether clients need it. Add the grant, unless another policy"
                        + " holds it");
    }

    private static void report(LintedResource resource, String missing, Findings findings) {
        findings.add(
                Severity.ERROR,
                Rule.MISSING_PREREQUISITE,
                resource.at(),
                "Resource [" + resource.text() + "] is granted without " + missing
                        + ": the broker refuses the client. Add the grant, unless another policy holds it");
    }

    /** Whether the action is granted on what can be an instance of before the current edition. */
    private static boolean isGrantedSomewhere(LintedDocument document, String action) {
        return document.statements().stream()
                .filter(statement -> statement.isAllow() && statement.namesAction(action))
                .anyMatch(statement -> statement.exceptsResources()
                        || statement.resources().stream()
                                .filter(LintedResource::isOfService)
                                .map(LintedResource::relativeId)
                                .anyMatch(id -> id.indexOf('/') < 0 && id.indexOf('%') < 0));
    }

    private static boolean names(LintedDocument document, String lowerStart) {
        return document.statements().stream()
                .flatMap(statement -> statement.actions().stream())
                .anyMatch(action -> action.text().toLowerCase(Locale.ROOT).startsWith(lowerStart));
    }

    private static boolean namesMqttInstance(LintedDocument document) {
        return document.statements().stream()
                .flatMap(statement -> statement.resources().stream())
                .anyMatch(resource -> InstanceIds.looksLikeMqtt(resource.relativeId()));
    }
}
