package io.apsaramqtt.authentication;

import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

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
     * @throws AuthenticationException if the AccessKey cannot sign a connection, or there are no valid tokens
     */
    SignedConnect sign(ClientId clientId);

    /** The tokens that connections of {@code clientId} are made with; empty in any mode but token mode. */
    default Optional<ClientTokens> tokens(ClientId clientId) {
        return Optional.empty();
    }

    /**
     * Signature mode: the user name names AccessKey ID and instance, the password is the client ID signed with the
     * AccessKey secret by HMAC-SHA1 (service page "Signature authentication").
     */
    static Authentication signature(String instanceId, CredentialsProvider credentials) {
        return new SignatureAuthentication(instanceId, credentials);
    }

    /**
     * Token mode: the user name names the AccessKey that applied for the tokens and the instance, the password holds the tokens
     * (service page "Token authentication"). Tokens are kept until they expire; never is a connection made with expired ones.
     */
    static Authentication token(String instanceId, TokenProvider provider) {
        return token(instanceId, provider, Clock.systemUTC());
    }

    /** Token mode, by another clock than the system's. */
    static Authentication token(String instanceId, TokenProvider provider, Clock clock) {
        return new TokenAuthentication(instanceId, provider, clock);
    }

    /**
     * Device credential mode: the client ID, for which the credential was registered, signed with the device AccessKey secret
     * (service page "Overview of unique-certificate-per-device authentication").
     */
    static Authentication deviceCredential(String instanceId, DeviceCredential credential) {
        return deviceCredential(instanceId, () -> credential);
    }

    /** Device credential mode, with a credential that may be refreshed: asked for at each connection; may block. */
    static Authentication deviceCredential(String instanceId, Supplier<DeviceCredential> credential) {
        return new DeviceCredentialAuthentication(instanceId, credential);
    }

    /**
     * Custom authentication: a user name of up to 64 characters of your own, and its secret, as it is or signing the client ID
     * (service page "Custom authentication overview").
     *
     * @throws AuthenticationException if the user name cannot be one, or the secret is empty
     */
    static Authentication custom(String username, String secret, SignMode mode) {
        return new CustomAuthentication(username, secret, mode);
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
