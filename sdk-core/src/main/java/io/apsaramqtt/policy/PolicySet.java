package io.apsaramqtt.policy;

import java.util.List;
import java.util.Optional;

/**
 * All the policies that hold for one principal, attached to it or to its groups, and the decisions they give: any matching
 * Deny, else any matching Allow, else an implicit deny (RAM page "Policy evaluation process"). A statement that cannot be
 * decided makes the outcome {@link Outcome#UNKNOWN} only where it could change it: it never turns into an allow, and one
 * that might allow never turns into a deny.
 *
 * <p>Immutable.
 *
 * @param policies the policies; their order does not matter
 */
public record PolicySet(List<Policy> policies) {

    /** Copies the policies. */
    public PolicySet {
        policies = List.copyOf(policies);
    }

    /** These policies. */
    public static PolicySet of(Policy... policies) {
        return new PolicySet(List.of(policies));
    }

    /**
     * The policies in a document: a RAM policy document, or a set of named ones,
     * {@code {"policies":[{"name":"sensor-pub","document":{...}},{"name":"AliyunMQReadOnlyAccess"}]}}, where a system policy
     * needs no document. {@code "attachedTo": "group sensors"} beside a name is told in explanations.
     *
     * @param source name of the document, such as its file name
     * @throws MalformedPolicyException if it is neither, with line, column and JSON pointer
     */
    public static PolicySet parse(String source, String document) {
        return PolicyDocumentReader.readSet(source, document);
    }

    /** The policies as a set of named documents, which {@link #parse} reads. */
    public String document() {
        return PolicyWriter.document(this);
    }

    /** What the policies say of the action on the resource where nothing is known of the request's context. */
    public Decision decide(String action, ResourceName resource) {
        return decide(action, resource, RequestContext.nothingKnown());
    }

    /**
     * What the policies say of the action on the resource. Reads every statement; {@link PolicyLayers} gives the same answers
     * from an index.
     */
    public Decision decide(String action, ResourceName resource, RequestContext context) {
        Tally tally = new Tally();
        for (Policy policy : policies) {
            for (Statement statement : policy.statements()) {
                tally.add(statement, statement.match(action, resource, context));
                if (statement.changesWithTime() && statement.namesAction(action)) {
                    tally.addTimed();
                }
            }
        }
        return tally.decision();
    }

    /**
     * The Allow that comes nearest to allowing the action on the resource: it names the action, and one of its resources
     * shares the longest beginning with the resource. For explanations.
     */
    public Optional<Statement> nearestAllow(String action, ResourceName resource) {
        return NearestAllow.find(this, action, resource);
    }

    /** How many statements the policies have together. */
    public int statementCount() {
        return policies.stream().mapToInt(policy -> policy.statements().size()).sum();
    }
}
