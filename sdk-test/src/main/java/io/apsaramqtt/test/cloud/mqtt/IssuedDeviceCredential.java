package io.apsaramqtt.test.cloud.mqtt;

import java.time.Instant;

/**
 * A device credential that was registered. Not a record, so that no serializer prints the secret by accident.
 *
 * <p>Immutable.
 */
public final class IssuedDeviceCredential {

    private final String instanceId;
    private final String clientId;
    private final String accessKeyId;
    private final String accessKeySecret;
    private final Instant createdAt;
    private final Instant updatedAt;

    IssuedDeviceCredential(
            String instanceId,
            String clientId,
            String accessKeyId,
            String accessKeySecret,
            Instant createdAt,
            Instant updatedAt) {
        this.instanceId = instanceId;
        this.clientId = clientId;
        this.accessKeyId = accessKeyId;
        this.accessKeySecret = accessKeySecret;
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
    }

    /** The instance that it is for. */
    public String instanceId() {
        return instanceId;
    }

    /** The client ID that it is for, and no other. */
    public String clientId() {
        return clientId;
    }

    /** The ID of the device AccessKey; begins with {@code DC.}. */
    public String accessKeyId() {
        return accessKeyId;
    }

    /** The secret of the device AccessKey. */
    public String accessKeySecret() {
        return accessKeySecret;
    }

    /** When it was registered. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When its secret was made. */
    public Instant updatedAt() {
        return updatedAt;
    }

    IssuedDeviceCredential refreshed(String secret, Instant now) {
        return new IssuedDeviceCredential(instanceId, clientId, accessKeyId, secret, createdAt, now);
    }

    /** Client ID and AccessKey ID; never the secret. */
    @Override
    public String toString() {
        return "IssuedDeviceCredential[" + clientId + ", " + accessKeyId + "]";
    }
}
