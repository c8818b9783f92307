package io.apsaramqtt.permission;

/**
 * How far a local copy of the permissions can be trusted, by its age. Immutable.
 */
public enum Freshness {
    /** Read of late. */
    FRESH,
    /** Still served, while it is read anew behind. */
    STALE,
    /** Too old to deny anything: every answer is unknown until it is read anew. */
    EXPIRED
}
