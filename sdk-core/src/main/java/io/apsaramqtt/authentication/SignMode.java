package io.apsaramqtt.authentication;

/**
 * How an identity of custom authentication proves its secret (service page "Custom authentication overview").
 *
 * <p>Immutable.
 */
public enum SignMode {
    /** The password is the secret itself. */
    ORIGIN,
    /** The password is the client ID signed with the secret. */
    SIGNED
}
