package io.apsaramqtt.test.service;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignMode;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.permission.TopicRule;
import java.util.List;

/**
 * An identity of custom authentication, and the rows of its topic permissions (service page "Custom authentication overview").
 * Not a record, so that no string form shows the secret. Immutable.
 */
public final class CustomIdentity {

    private final String username;
    private final String secret;
    private final SignMode mode;
    private final List<TopicRule> rows;

    /** An identity of a user name that any client ID may use. */
    public CustomIdentity(String username, String secret, SignMode mode, List<TopicRule> rows) {
        this.username = username;
        this.secret = secret;
        this.mode = mode;
        this.rows = List.copyOf(rows);
    }

    String username() {
        return username;
    }

    List<TopicRule> rows() {
        return rows;
    }

    boolean accepts(String clientId, byte[] password) {
        return Secrets.equal(
                Authentication.custom(username, secret, mode)
                        .sign(ClientId.of(clientId))
                        .password()
                        .orElseThrow(),
                password);
    }
}
