package io.apsaramqtt.policy;

/**
 * What a statement does where it applies. Immutable.
 */
public enum Effect {
    /** Grants. */
    ALLOW,
    /** Refuses, and wins over every Allow. */
    DENY
}
