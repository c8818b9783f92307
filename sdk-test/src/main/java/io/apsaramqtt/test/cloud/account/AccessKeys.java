package io.apsaramqtt.test.cloud.account;

import io.apsaramqtt.credentials.AccessKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The AccessKeys of an account.
 *
 * <p>Thread-safe.
 */
public final class AccessKeys {

    private final Map<String, RegisteredKey> keys = new ConcurrentHashMap<>();

    AccessKeys() {}

    void addPermanent(AccessKey accessKey, Caller caller) {
        if (accessKey.isTemporary()) {
            throw new IllegalArgumentException("AccessKey [" + accessKey.maskedId()
                    + "] is temporary, which only a session of a role has; use a permanent one");
        }
        add(new RegisteredKey(accessKey, caller, Optional.empty(), true));
    }

    void addTemporary(AccessKey accessKey, Caller caller, Instant expiresAt) {
        if (accessKey.securityToken().isEmpty()) {
            throw new IllegalArgumentException("AccessKey [" + accessKey.maskedId()
                    + "] has no security token, which a session of a role needs; use AccessKey.temporary");
        }
        add(new RegisteredKey(accessKey, caller, Optional.of(expiresAt), true));
    }

    private void add(RegisteredKey key) {
        if (keys.putIfAbsent(key.accessKey().id(), key) != null) {
            throw new IllegalArgumentException(
                    "AccessKey [" + key.accessKey().maskedId() + "] is already known; an AccessKey has one owner");
        }
    }

    /** The AccessKey with this ID. */
    public Optional<RegisteredKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /**
     * Disables an AccessKey, or enables it again.
     *
     * @throws IllegalArgumentException if it is not known
     */
    public void setEnabled(String id, boolean enabled) {
        RegisteredKey changed = keys.computeIfPresent(
                id, (same, key) -> new RegisteredKey(key.accessKey(), key.caller(), key.expiresAt(), enabled));
        requireKnown(id, changed != null);
    }

    /** Deletes an AccessKey, as the last step of its rotation; throws {@link IllegalArgumentException} if not known. */
    public void delete(String id) {
        requireKnown(id, keys.remove(id) != null);
    }

    /** Deletes what an identity can sign with, as the cloud does when it deletes the identity. */
    void deleteAllOf(IdentityType type, String name) {
        keys.values()
                .removeIf(key ->
                        key.caller().type() == type && key.caller().name().equals(name));
    }

    private static void requireKnown(String id, boolean known) {
        if (!known) {
            throw new IllegalArgumentException("AccessKey ID [" + id + "] is not known; give it to a user first");
        }
    }

    /** How many there are. */
    @Override
    public String toString() {
        return "AccessKeys[" + keys.size() + "]";
    }
}
