package io.apsaramqtt.permission;

import io.apsaramqtt.policy.PolicySet;

/**
 * What a principal was granted, in one of the forms there are. Immutable.
 */
public sealed interface Grants {

    /**
     * RAM policies.
     *
     * @param policies all that hold for the principal
     */
    record Policies(PolicySet policies) implements Grants {}

    /**
     * Nothing could be read: every answer is unknown, and the broker decides.
     *
     * @param reason why, in words
     */
    record Unknown(String reason) implements Grants {}
}
