package io.apsaramqtt.samples.tokenserver;

import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.mqtt.ClientId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A device, how it proves itself, and the token that it has until it should be renewed. Thread-safe; one question at a time. */
final class GrantedDevice {

    private final ClientId clientId;
    private final byte[] secretHash;
    private final TokenProvider applications;
    private @Nullable Tokens last;
    private Instant renewAt = Instant.MIN;

    GrantedDevice(ClientId clientId, String secret, TokenProvider applications) {
        this.clientId = clientId;
        this.secretHash = hash(secret);
        this.applications = applications;
    }

    /** Takes equally long whatever is wrong with the secret, its length included. */
    boolean isProvenBy(String secret) {
        return MessageDigest.isEqual(secretHash, hash(secret));
    }

    /** The token it has; another one where it asks for that, or should. */
    synchronized Tokens tokens(boolean renew, Clock clock) {
        Instant now = clock.instant();
        Tokens known = last;
        if (known != null && !renew && now.isBefore(renewAt)) {
            return known;
        }
        Tokens applied = applications.tokens(clientId);
        last = applied;
        renewAt = applied.renewalDue(now);
        return applied;
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
