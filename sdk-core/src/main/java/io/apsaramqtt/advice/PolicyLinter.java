package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.policy.PolicyOutline;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a policy document the way its author meant it, and tells what it does instead: placeholders left in, actions and
 * resources that match nothing, permissions that are missing, grants that go too far. It judges the document alone: what
 * another policy of the same principal adds or takes away it does not see.
 *
 * <p>Immutable, thread-safe. Never blocks, never throws for whatever the document holds.
 */
public final class PolicyLinter {

    private static final List<LintRule> RULES = List.of(
            new PlaceholderRule(),
            new ActionRule(),
            new ResourceRule(),
            new PrerequisiteRule(),
            new InstancePatternRule(),
            new CoverRule(),
            new ConditionRule(),
            new BreadthRule(),
            new SizeRule());

    private final List<LintRule> rules;

    /** A linter for documents of any instance. */
    public PolicyLinter() {
        this(RULES);
    }

    private PolicyLinter(List<LintRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * A linter that also tells which resources are not of this instance.
     *
     * @param instance the instance, as far as it is known
     * @param dialect the generation of names that the policies should use, or {@link Dialect#AUTO}
     */
    public static PolicyLinter forInstance(ServiceInstance instance, Dialect dialect) {
        List<LintRule> rules = new ArrayList<>(RULES);
        rules.add(new InstanceRule(instance, dialect));
        return new PolicyLinter(rules);
    }

    /**
     * What is wrong or unwise in a document, in the order of the document; empty if nothing is.
     *
     * @param source name of the document, such as its file name
     * @param document a RAM policy document, or a set of named ones as described at {@link PolicySet#parse}
     */
    public List<Finding> lint(String source, String document) {
        Findings findings = new Findings(source);
        String clean = DocumentScan.clean(document, findings);
        try {
            PolicySet.parse(source, clean);
        } catch (MalformedPolicyException e) {
            findings.add(
                    Severity.ERROR,
                    Rule.MALFORMED,
                    e.line(),
                    e.column(),
                    "Document [" + source + "]" + (e.pointer().isEmpty() ? "" : ", at " + e.pointer()) + ": "
                            + e.problem());
        }
        LintedDocument linted;
        try {
            linted = LintedDocument.of(clean, PolicyOutline.read(source, clean));
        } catch (MalformedPolicyException e) {
            // Not even JSON, as reported above: there is nothing more to judge.
            return findings.inOrder();
        }
        rules.forEach(rule -> rule.check(linted, findings));
        return findings.inOrder();
    }
}
