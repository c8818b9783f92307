package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ResourceCatalogue;
import io.apsaramqtt.resource.ServiceInstance;
import java.util.Optional;

/** Resources that are not of the instance in question. */
record InstanceRule(ServiceInstance instance, Dialect dialect) implements LintRule {

    @Override
    public void check(LintedDocument document, Findings findings) {
        for (LintedStatement statement : document.statements()) {
            for (LintedResource resource : statement.resources()) {
                if (resource.isOfService() && !resource.isAny() && !isOfInstance(resource)) {
                    findings.add(
                            Severity.ADVICE,
                            Rule.OTHER_INSTANCE,
                            resource.at(),
                            "Resource [" + resource.text() + "] names nothing of instance " + instance
                                    + (dialect == Dialect.AUTO ? "" : " in the names of " + dialect)
                                    + ". Check its ID, region and account, unless it is meant for another instance");
                }
            }
        }
    }

    private boolean isOfInstance(LintedResource resource) {
        return agrees(resource.field(2), instance.regionId())
                && agrees(resource.field(3), instance.accountId())
                && new ResourceCatalogue(instance, dialect, false)
                        .relativeIds().stream().anyMatch(form -> Wildcards.canName(resource.relativeId(), form));
    }

    private static boolean agrees(String pattern, Optional<String> known) {
        return known.map(value -> Wildcards.covers(pattern, value)).orElse(true);
    }
}
