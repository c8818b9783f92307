package io.apsaramqtt.permission;

/**
 * What a client does with a denied operation. Immutable.
 */
public enum PermissionMode {
    /** Refuse it before it is sent; the default. */
    ENFORCE,
    /** Log a warning and send it. */
    WARN,
    /** Do not check. */
    OFF
}
