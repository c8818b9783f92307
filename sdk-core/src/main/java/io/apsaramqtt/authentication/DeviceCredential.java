package io.apsaramqtt.authentication;

import io.apsaramqtt.credentials.AccessKey;

/**
 * The ID and secret that the service registered for one client ID, and for no other: the answer to RegisterDeviceCredential
 * (service page "Overview of unique-certificate-per-device authentication"; there is no certificate in it). Valid until it is
 * registered anew, refreshed or unregistered. Not a record, so that no serializer prints the secret by accident.
 *
 * <p>Immutable.
 */
public final class DeviceCredential {

    private final String id;
    private final String secret;

    private DeviceCredential(String id, String secret) {
        this.id = requirePresent("Device AccessKey ID", id);
        this.secret = requirePresent("Device AccessKey secret", secret);
    }

    private static String requirePresent(String thing, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    thing + " is empty; take it from the answer to RegisterDeviceCredential or GetDeviceCredential");
        }
        return value;
    }

    /** The device AccessKey with this ID and secret; throws {@link IllegalArgumentException} if a part is blank. */
    public static DeviceCredential of(String id, String secret) {
        return new DeviceCredential(id, secret);
    }

    /** The device AccessKey ID, such as {@code DC.Z5fX...}. Not a secret, but shown masked all the same. */
    public String id() {
        return id;
    }

    /** The device AccessKey secret. Never log it. */
    public String secret() {
        return secret;
    }

    /** The ID with its middle hidden. */
    public String maskedId() {
        return AccessKey.masked(id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceCredential that && id.equals(that.id) && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The masked ID; never the secret. */
    @Override
    public String toString() {
        return "DeviceCredential[" + maskedId() + "]";
    }
}
