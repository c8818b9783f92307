package io.apsaramqtt.credentials;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An AccessKey: the ID that names a principal, the secret that proves it, and for temporary credentials the security
 * token. Not a record and without bean getters, so that no serializer prints the secret by accident.
 *
 * <p>Immutable.
 */
public final class AccessKey {

    private final String id;
    private final String secret;
    private final @Nullable String securityToken;
    private final @Nullable Instant expiresAt;

    private AccessKey(String id, String secret, @Nullable String securityToken, @Nullable Instant expiresAt) {
        this.id = requirePresent("AccessKey ID", id);
        this.secret = requirePresent("AccessKey secret", secret);
        this.securityToken = securityToken;
        this.expiresAt = expiresAt;
    }

    private static String requirePresent(String thing, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(thing + " is empty; take it from the RAM console");
        }
        return value;
    }

    /** A permanent AccessKey; throws {@link IllegalArgumentException} if a part is blank. */
    public static AccessKey of(String id, String secret) {
        return new AccessKey(id, secret, null, null);
    }

    /** A temporary AccessKey of a role session, valid only together with its security token; nobody knows until when. */
    public static AccessKey temporary(String id, String secret, String securityToken) {
        return new AccessKey(id, secret, requirePresent("Security token", securityToken), null);
    }

    /** A temporary AccessKey of a role session that ends at {@code expiresAt}. */
    public static AccessKey temporary(String id, String secret, String securityToken, Instant expiresAt) {
        return new AccessKey(id, secret, requirePresent("Security token", securityToken), expiresAt);
    }

    /** The AccessKey ID. Not a secret, but shown masked all the same. */
    public String id() {
        return id;
    }

    /** The AccessKey secret. Never log it. */
    public String secret() {
        return secret;
    }

    /** The security token of temporary credentials. Never log it. */
    public Optional<String> securityToken() {
        return Optional.ofNullable(securityToken);
    }

    /** From when on nobody accepts it; empty if it does not expire by itself, or if that is not known. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** Whether these are temporary credentials: with a security token, or an ID that begins with {@code STS.}. */
    public boolean isTemporary() {
        return securityToken != null || id.startsWith("STS.");
    }

    /** The ID with its middle hidden, as in {@code LTAI5t****Qx9}: enough to find it in the console. */
    public String maskedId() {
        return masked(id);
    }

    /** The ID of some AccessKey with its middle hidden, as in {@link #maskedId}. */
    public static String masked(String id) {
        return id.length() < 12
                ? id.substring(0, 1) + "****"
                : id.substring(0, 6) + "****" + id.substring(id.length() - 3);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessKey that
                && id.equals(that.id)
                && secret.equals(that.secret)
                && Objects.equals(securityToken, that.securityToken)
                && Objects.equals(expiresAt, that.expiresAt);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The masked ID and when it expires; never the secret or the security token. */
    @Override
    public String toString() {
        return "AccessKey[" + maskedId() + (isTemporary() ? ", temporary" : "")
                + (expiresAt == null ? "]" : " until " + expiresAt + "]");
    }
}
