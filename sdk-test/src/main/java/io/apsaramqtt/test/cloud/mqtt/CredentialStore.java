package io.apsaramqtt.test.cloud.mqtt;

import io.apsaramqtt.authentication.TokenType;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Hands out tokens and device credentials, and remembers them.
 *
 * <p>Thread-safe, if the random generator is.
 */
public final class CredentialStore implements IssuedCredentials {

    private static final int TOKEN_BYTES = 120;
    private static final int KEY_BYTES = 16;

    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, IssuedToken> tokens = new ConcurrentHashMap<>();
    private final Map<Device, IssuedDeviceCredential> deviceCredentials = new ConcurrentHashMap<>();

    private record Device(String instanceId, String clientId) {}

    /** A store that handed out nothing yet. */
    public CredentialStore(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Hands out a token, and returns it: Base64 with all that it may hold, as the service's tokens are. */
    public String issueToken(String instanceId, List<String> resources, TokenType type, Instant expiresAt) {
        String token = Base64.getEncoder().encodeToString(bytes(TOKEN_BYTES));
        tokens.put(token, new IssuedToken(instanceId, resources, type, expiresAt, false));
        return token;
    }

    /** Revokes a token; says whether it was handed out for this instance. */
    public boolean revokeToken(String instanceId, String token) {
        return token(token)
                        .filter(issued -> issued.instanceId().equals(instanceId))
                        .isPresent()
                && tokens.computeIfPresent(token, (same, issued) -> issued.revokedNow()) != null;
    }

    @Override
    public Optional<IssuedToken> token(String token) {
        return Optional.ofNullable(tokens.get(token));
    }

    /** Registers a device; a second call replaces the first credential. */
    public IssuedDeviceCredential register(String instanceId, String clientId) {
        Instant now = now();
        IssuedDeviceCredential credential = new IssuedDeviceCredential(instanceId, clientId, key(), key(), now, now);
        deviceCredentials.put(new Device(instanceId, clientId), credential);
        return credential;
    }

    /** Gives a registered device a new secret; empty if it is not registered. */
    public Optional<IssuedDeviceCredential> refresh(String instanceId, String clientId) {
        return Optional.ofNullable(deviceCredentials.computeIfPresent(
                new Device(instanceId, clientId), (device, old) -> old.refreshed(key(), now())));
    }

    /** Forgets a device; says whether it was registered. */
    public boolean unregister(String instanceId, String clientId) {
        return deviceCredentials.remove(new Device(instanceId, clientId)) != null;
    }

    @Override
    public Optional<IssuedDeviceCredential> deviceCredential(String instanceId, String clientId) {
        return Optional.ofNullable(deviceCredentials.get(new Device(instanceId, clientId)));
    }

    private Instant now() {
        return clock.instant();
    }

    private String key() {
        return "DC." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(KEY_BYTES));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** How much was handed out. */
    @Override
    public String toString() {
        return "CredentialStore[" + tokens.size() + " tokens, " + deviceCredentials.size() + " device credentials]";
    }
}
