package io.apsaramqtt.policy;

import java.util.List;

/**
 * A RAM policy: a name and its statements.
 *
 * <p>Immutable.
 *
 * @param name name of the policy, for explanations
 * @param statements its statements, in order
 */
public record Policy(String name, List<Statement> statements) {

    /** Copies the statements. */
    public Policy {
        statements = List.copyOf(statements);
    }

    /**
     * The policy in a RAM policy document.
     *
     * @param name name of the policy, or of the file it is in
     * @param document JSON, {@code {"Version":"1","Statement":[...]}}
     * @throws MalformedPolicyException if it is none, with line, column and JSON pointer
     */
    public static Policy parse(String name, String document) {
        return PolicyDocumentReader.read(name, document);
    }

    /**
     * A system policy of MQ as it was when this version of the SDK was made: {@code AliyunMQFullAccess},
     * {@code AliyunMQPubOnlyAccess}, {@code AliyunMQSubOnlyAccess} or {@code AliyunMQReadOnlyAccess}. Alibaba Cloud may
     * have changed it since.
     *
     * @throws IllegalArgumentException for another name
     */
    public static Policy system(String name) {
        return SystemPolicies.get(name);
    }

    /** The policy as a RAM policy document: what it was read from, evenly laid out and without comments. */
    public String document() {
        return PolicyWriter.document(this);
    }

    /** The policy with what it is attached to, such as {@code group sensors}, which explanations tell; empty for unsaid. */
    public Policy attachedTo(String attachment) {
        return attachment.isEmpty()
                ? this
                : new Policy(
                        name,
                        statements.stream()
                                .map(statement -> statement.attachedTo(attachment))
                                .toList());
    }
}
