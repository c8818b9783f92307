package io.apsaramqtt.authentication;

import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;

/**
 * How a connection proves who it is. It is asked at each connection attempt, so a rotated AccessKey is used at the next.
 *
 * <p>Implementations must be thread-safe; {@link #sign} may block.
 */
@FunctionalInterface
public interface Authentication {

    /**
     * User name and password for a connection of {@code clientId}.
     *
     * @throws io.apsaramqtt.credentials.CredentialsException if there is no AccessKey
     * @throws AuthenticationException if the AccessKey cannot sign a connection
     */
    SignedConnect sign(ClientId clientId);

    /**
     * Signature mode: the user name names AccessKey ID and instance, the password is the client ID signed with the
     * AccessKey secret by HMAC-SHA1 (service page "Signature authentication").
     */
    static Authentication signature(String instanceId, CredentialsProvider credentials) {
        return new SignatureAuthentication(instanceId, credentials);
    }

    /** A user name and password sent as they are, for brokers other than the service. */
    static Authentication plain(String username, String password) {
        SignedConnect connect = new SignedConnect(username, password, null);
        return clientId -> connect;
    }

    /** Neither user name nor password, for brokers that ask for none. */
    static Authentication anonymous() {
        SignedConnect connect = new SignedConnect(null, null, null);
        return clientId -> connect;
    }
}
