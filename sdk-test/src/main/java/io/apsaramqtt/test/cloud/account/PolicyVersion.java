package io.apsaramqtt.test.cloud.account;

import io.apsaramqtt.policy.MalformedPolicyException;
import io.apsaramqtt.policy.Policy;
import java.time.Instant;
import java.util.Optional;

/**
 * One version of a policy.
 *
 * <p>Immutable.
 *
 * @param id such as {@code v1}
 * @param document the policy document, as it was given
 * @param createdAt when it was added
 * @param policy the document, parsed; empty where it is malformed, so that it grants nothing
 */
public record PolicyVersion(String id, String document, Instant createdAt, Optional<Policy> policy) {

    static PolicyVersion of(String policyName, String id, String document, Instant createdAt) {
        return new PolicyVersion(id, document, createdAt, parsed(policyName, document));
    }

    private static Optional<Policy> parsed(String policyName, String document) {
        try {
            return Optional.of(Policy.parse(policyName, document));
        } catch (MalformedPolicyException e) {
            return Optional.empty();
        }
    }
}
