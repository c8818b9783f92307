package io.apsaramqtt.test.event;

/**
 * Why a connection was refused. Immutable.
 */
public enum RefusedConnect {
    /** The user name does not read {@code Signature|<AccessKey ID>|<instance ID>}. */
    MALFORMED_USERNAME,
    /** No instance with this ID is open. */
    UNKNOWN_INSTANCE,
    /** The instance knows no such AccessKey. */
    UNKNOWN_ACCESS_KEY,
    /** The password is not the client ID signed with the AccessKey's secret. */
    WRONG_SIGNATURE,
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
