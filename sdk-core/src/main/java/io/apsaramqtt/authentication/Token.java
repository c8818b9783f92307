package io.apsaramqtt.authentication;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.TopicRule;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One token of the service: it stands for the right to use some topics until it expires. Its text tells neither when nor
 * which, so both are kept beside it. Not a record and without bean getters, so that no serializer prints it by accident.
 *
 * <p>Immutable.
 */
public final class Token {

    private final TokenType type;
    private final String token;
    private final Instant expiresAt;
    private final @Nullable List<TopicFilter> resources;

    private Token(TokenType type, String value, Instant expiresAt, @Nullable List<TopicFilter> resources) {
        this.type = type;
        this.token = requireSendable(type, value);
        this.expiresAt = expiresAt;
        this.resources = resources;
    }

    /** A password joins tokens by {@code |}, so one that holds it would be cut there. */
    private static String requireSendable(TokenType type, String value) {
        if (value.isBlank() || value.indexOf('|') >= 0 || value.indexOf(0) >= 0) {
            throw new AuthenticationException("Token of type [" + type + "] "
                    + (value.isBlank() ? "is empty" : "contains '|' or U+0000, which no token does")
                    + "; pass the Token of the answer to ApplyToken as it is");
        }
        return value;
    }

    /** A token whose resources are not known; throws {@link AuthenticationException} if {@code value} cannot be one. */
    public static Token of(TokenType type, String value, Instant expiresAt) {
        return new Token(type, value, expiresAt, null);
    }

    /** A token for these topics; throws {@link AuthenticationException} if {@code value} cannot be one. */
    public static Token of(TokenType type, String value, Instant expiresAt, Collection<TopicFilter> resources) {
        return new Token(type, value, expiresAt, List.copyOf(resources));
    }

    /** What it permits on its topics. */
    public TokenType type() {
        return type;
    }

    /** The token itself. Never log it. */
    public String value() {
        return token;
    }

    /** The first moment at which it is no longer valid. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Whether it is no longer valid at {@code now}. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** The topics that it is for, as they were applied for; empty if they are not known. */
    public Optional<List<TopicFilter>> resources() {
        return Optional.ofNullable(resources);
    }

    /** What it permits, as topic rules; empty if its resources are not known. */
    public Optional<List<TopicRule>> rules() {
        return resources()
                .map(filters -> filters.stream()
                        .map(filter -> TopicRule.allow(type.operations(), filter))
                        .toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Token that
                && type == that.type
                && token.equals(that.token)
                && expiresAt.equals(that.expiresAt)
                && Objects.equals(resources, that.resources);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }

    /** Type, expiry and resources; never the token itself. */
    @Override
    public String toString() {
        return "Token[" + type + ", expires " + expiresAt + ", "
                + (resources == null ? "resources not known" : "for " + resources) + "]";
    }
}
