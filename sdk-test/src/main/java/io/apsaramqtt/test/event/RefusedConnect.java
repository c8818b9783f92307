package io.apsaramqtt.test.event;

/**
 * Why a connection was refused. Immutable.
 */
public enum RefusedConnect {
    /**
     * The user name does not read {@code <mode>|<ID>|<instance ID>}, where the mode is {@code Signature}, {@code Token} or
     * {@code DeviceCredential}, and is no identity of custom authentication.
     */
    MALFORMED_USERNAME,
    /** No instance with this ID is open. */
    UNKNOWN_INSTANCE,
    /** The instance knows no such AccessKey. */
    UNKNOWN_ACCESS_KEY,
    /** The password is not the client ID signed with the secret, nor in mode {@code ORIGIN} the secret itself. */
    WRONG_SIGNATURE,
    /** A token in the password is forged, expired, revoked, or not of its type or this instance; or there is none. */
    INVALID_TOKEN,
    /** No device credential with this ID is registered for the client ID. */
    UNKNOWN_DEVICE_CREDENTIAL,
    /** The client ID is longer than the service allows or does not read {@code <GroupID>@@@<DeviceID>}. */
    MALFORMED_CLIENT_ID,
    /** The group of the client ID was not created on the instance. */
    UNKNOWN_GROUP;

    /**
     * Whether the broker closes the connection without a CONNACK: what is wrong with a client ID or its group drops the
     * connection (service pages "Limits", "FAQ about client connections").
     */
    public boolean isSilent() {
        return this == MALFORMED_CLIENT_ID || this == UNKNOWN_GROUP;
    }
}
