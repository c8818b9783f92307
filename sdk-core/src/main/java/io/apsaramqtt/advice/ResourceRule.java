package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.PolicyOutline.Text;
import io.apsaramqtt.policy.ResourceName;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ResourceCatalogue;
import io.apsaramqtt.resource.ServiceInstance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Resources that nothing is ever named. Only what stands beside actions of the service is judged. */
final class ResourceRule implements LintRule {

    private static final Set<String> FORMS =
            new ResourceCatalogue(ServiceInstance.of(ResourceName.UNKNOWN), Dialect.AUTO, false).relativeIds();

    private static final List<String> PREFIXES = List.of("topic/", "groupId/", "instance/", "rule/");
    private static final String EXPECTED = "acs:mq:*:*:<resource>, as in acs:mq:*:*:topic/post-cn-x/alarms";

    /** Of the current edition, or of those before it. */
    private static final Pattern BELOW_PARENT_TOPIC = Pattern.compile("topic/[^/]+/[^/]+/.*|[^/%]+%[^/]+/.*");

    private static final Pattern BLANK = Pattern.compile("\\s");
    private static final Pattern REGION = Pattern.compile("[a-z*?][a-z0-9*?-]*");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9*?]+");

    @Override
    public void check(LintedDocument document, Findings findings) {
        for (LintedStatement statement : document.statements()) {
            if (!concernsService(statement)) {
                continue;
            }
            for (LintedResource resource : statement.resources()) {
                if (!resource.isAny() && !Placeholders.in(resource.text())) {
                    problem(statement, resource)
                            .ifPresent(text -> report(findings, Severity.ERROR, resource.at(), text));
                    doubt(resource).ifPresent(text -> report(findings, Severity.WARNING, resource.at(), text));
                }
            }
        }
    }

    private static void report(Findings findings, Severity severity, Text at, String problem) {
        findings.add(severity, Rule.IMPOSSIBLE_RESOURCE, at, "Resource [" + at.text() + "] " + problem);
    }

    private static boolean concernsService(LintedStatement statement) {
        return statement.exceptsActions() || statement.actions().stream().anyMatch(ResourceRule::isOfService);
    }

    private static boolean isOfService(Text action) {
        String service = action.text().split(":", 2)[0];
        return LintedStatement.coversAction(service, LintedResource.SERVICE);
    }

    /** What keeps it from ever matching. */
    private static Optional<String> problem(LintedStatement statement, LintedResource resource) {
        String text = resource.text();
        if (BLANK.matcher(text).find()) {
            return Optional.of("has a blank in it: no resource has. Remove it");
        }
        if (!resource.isWhole()) {
            return Wildcards.has(text)
                    ? Optional.empty()
                    : Optional.of("has fewer than five fields: it matches nothing. Write " + EXPECTED);
        }
        if (!Wildcards.covers(resource.field(0), "acs")) {
            return Optional.of("does not begin with acs: it matches nothing. Write " + EXPECTED);
        }
        if (!Wildcards.covers(resource.field(1), LintedResource.SERVICE)) {
            boolean others = statement.exceptsActions()
                    || !statement.actions().stream().allMatch(ResourceRule::isOfService)
                    || statement.actions().stream()
                            .anyMatch(action -> action.text().startsWith("*"));
            return others
                    ? Optional.empty()
                    : Optional.of("is of service [" + resource.field(1)
                            + "]: actions of mq are asked on resources of mq only. Write " + EXPECTED);
        }
        return placeProblem(resource).or(() -> idProblem(resource));
    }

    private static Optional<String> placeProblem(LintedResource resource) {
        if (resource.field(2).isEmpty() || resource.field(3).isEmpty()) {
            return Optional.of("has an empty region or account, which matches nothing. Write * there, as in "
                    + "acs:mq:*:*:" + resource.relativeId());
        }
        if (!REGION.matcher(resource.field(2)).matches()) {
            return Optional.of(
                    "has region [" + resource.field(2)
                            + "], which cannot be one: region IDs are lower-case, as in cn-hangzhou. Write the region's ID, or *");
        }
        if (!ACCOUNT.matcher(resource.field(3)).matches()) {
            return Optional.of("has account [" + resource.field(3)
                    + "], which cannot be one: account IDs are digits. Write the account's ID, or *");
        }
        return Optional.empty();
    }

    private static Optional<String> idProblem(LintedResource resource) {
        String id = resource.relativeId();
        if (isOfAForm(id) || isBelowParentTopic(id)) {
            return Optional.empty();
        }
        int slash = id.indexOf('/');
        String rest = slash < 0 ? "" : id.substring(slash + 1);
        return Optional.of("is of no form that the service has ("
                + String.join(", ", PREFIXES.stream().map(each -> each + "...").toList())
                + " or, before the current edition, <instance ID>%<topic>): it matches nothing. "
                + NearestName.to(slash < 0 ? id : id.substring(0, slash + 1), PREFIXES)
                        .filter(near -> !id.startsWith(near))
                        .map(near -> "Write acs:mq:*:*:" + near + rest)
                        .orElse("Write " + EXPECTED));
    }

    /** What may keep it from matching. */
    private static Optional<String> doubt(LintedResource resource) {
        if (!resource.isWhole()
                && Wildcards.has(resource.text())
                && !BLANK.matcher(resource.text()).find()) {
            return Optional.of("has fewer than five fields, and no page says whether * runs over colons: it may match"
                    + " nothing. Write " + EXPECTED);
        }
        if (resource.isOfService() && isBelowParentTopic(resource.relativeId())) {
            return Optional.of("names a topic below its parent topic, but RAM knows parent topics only (the first"
                    + " level): it most likely matches nothing. End it after the parent topic");
        }
        return Optional.empty();
    }

    private static boolean isBelowParentTopic(String id) {
        return BELOW_PARENT_TOPIC.matcher(id).matches() && !isOfAForm(id);
    }

    private static boolean isOfAForm(String id) {
        return FORMS.stream().anyMatch(form -> Wildcards.canName(id, form));
    }
}
