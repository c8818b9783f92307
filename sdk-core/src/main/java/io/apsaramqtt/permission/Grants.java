package io.apsaramqtt.permission;

import io.apsaramqtt.policy.PolicyLayers;

/**
 * What a principal was granted, in one of the forms there are. Immutable.
 */
public sealed interface Grants {

    /**
     * RAM policies.
     *
     * @param layers all that bear on the principal
     */
    record Policies(PolicyLayers layers) implements Grants {}

    /**
     * Topic rules: of a token, or of custom authentication.
     *
     * @param rules all of them
     */
    record Rules(TopicRules rules) implements Grants {}

    /**
     * Nothing could be read: every answer is unknown, and the broker decides.
     *
     * @param reason why, in words
     */
    record Unknown(String reason) implements Grants {}
}
