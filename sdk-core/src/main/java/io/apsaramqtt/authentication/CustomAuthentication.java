package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.ClientId;

/** Custom authentication. Not a record: its string form would show the secret. */
final class CustomAuthentication implements Authentication {

    /** Of the user name (service page "Custom authentication overview"). */
    private static final int MAX_LENGTH = 64;

    private final String username;
    private final String secret;
    private final SignMode mode;

    CustomAuthentication(String username, String secret, SignMode mode) {
        if (username.isEmpty() || username.length() > MAX_LENGTH || username.indexOf('|') >= 0) {
            throw new AuthenticationException(
                    "User name [" + username + "] is no identity of custom authentication: it has "
                            + username.length() + " characters, allowed are 1 to " + MAX_LENGTH
                            + " without '|', which would make it the user name of another mode");
        }
        if (secret.isEmpty()) {
            throw new AuthenticationException("Secret of user name [" + username
                    + "] is empty; pass the one that was given to AddCustomAuthIdentity");
        }
        this.username = username;
        this.secret = secret;
        this.mode = mode;
    }

    @Override
    public SignedConnect sign(ClientId clientId) {
        String password = mode == SignMode.ORIGIN ? secret : ClientIdSignature.of(clientId, secret);
        return new SignedConnect(username, password, null);
    }

    @Override
    public String toString() {
        return "CustomAuthentication[" + username + ", " + mode + "]";
    }
}
