package io.apsaramqtt.test.cloud.mqtt;

import java.util.Optional;

/**
 * What a broker must know of the tokens and device credentials that were handed out. Implementations are thread-safe.
 */
public interface IssuedCredentials {

    /** The token, valid or not; empty if it was never handed out. */
    Optional<IssuedToken> token(String token);

    /** The device credential of a client ID on an instance; empty if none is registered. */
    Optional<IssuedDeviceCredential> deviceCredential(String instanceId, String clientId);
}
