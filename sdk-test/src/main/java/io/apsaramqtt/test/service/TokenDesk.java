package io.apsaramqtt.test.service;

import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.test.cloud.mqtt.CredentialStore;
import io.apsaramqtt.test.cloud.mqtt.IssuedCredentials;
import io.apsaramqtt.test.cloud.mqtt.IssuedDeviceCredential;
import io.apsaramqtt.test.cloud.mqtt.IssuedToken;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens and device credentials of an instance: those handed out here, and those of a cloud that was given.
 *
 * <p>Thread-safe.
 */
public final class TokenDesk {

    private final String instanceId;
    private final Clock clock = Clock.systemUTC();
    private final CredentialStore store = new CredentialStore(clock, new SecureRandom());
    private final IssuedCredentials elsewhere;
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();

    TokenDesk(String instanceId, IssuedCredentials elsewhere) {
        this.instanceId = instanceId;
        this.elsewhere = elsewhere;
    }

    /** Hands out a token for these topics. */
    public Token issue(TokenType type, Duration life, String... resources) {
        List<String> sorted = Arrays.stream(resources).sorted().toList();
        Instant expiresAt = clock.instant().plus(life);
        String token = store.issueToken(instanceId, sorted, type, expiresAt);
        return Token.of(
                type, token, expiresAt, sorted.stream().map(TopicFilter::of).toList());
    }

    /** Has a token expire now. */
    public void expire(String token) {
        expired.add(token);
    }

    /** Has a token refused with this code, whatever else there is to say of it. */
    public void refuse(String token, int code) {
        refused.put(token, code);
    }

    /** Revokes a token that was handed out here. */
    public void revoke(String token) {
        store.revokeToken(instanceId, token);
    }

    /** Registers a device; a second call replaces the first credential. */
    public IssuedDeviceCredential register(String clientId) {
        return store.register(instanceId, clientId);
    }

    /** Forgets a device. */
    public void unregister(String clientId) {
        store.unregister(instanceId, clientId);
    }

    Optional<IssuedDeviceCredential> deviceCredential(String clientId) {
        return store.deviceCredential(instanceId, clientId).or(() -> elsewhere.deviceCredential(instanceId, clientId));
    }

    /** The token, valid or not, if it was handed out for this instance as one of this type. */
    Optional<IssuedToken> token(TokenType type, String token) {
        return find(token).filter(issued -> issued.instanceId().equals(instanceId) && issued.type() == type);
    }

    private Optional<IssuedToken> find(String token) {
        return store.token(token).or(() -> elsewhere.token(token));
    }

    /** Why the token is not accepted now, whatever it is used for. */
    Optional<TokenProblem> problem(TokenType type, String token) {
        Integer code = refused.get(token);
        if (code != null) {
            return Optional.of(new TokenProblem(code, type));
        }
        Optional<IssuedToken> issued = token(type, token);
        if (issued.isEmpty()) {
            return Optional.of(new TokenProblem(TokenProblem.FORGED, type));
        }
        if (issued.get().revoked()) {
            return Optional.of(new TokenProblem(TokenProblem.REVOKED, type));
        }
        return expired.contains(token) || !issued.get().isValid(clock.instant())
                ? Optional.of(new TokenProblem(TokenProblem.EXPIRED, type))
                : Optional.empty();
    }
}
