package io.apsaramqtt.authentication;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a connection sends to prove who it is.
 *
 * <p>Immutable.
 */
public final class SignedConnect {

    private final @Nullable String username;
    private final @Nullable String password;
    private final @Nullable String maskedAccessKeyId;
    private final @Nullable Tokens tokens;

    /**
     * User name and password.
     *
     * @param username sent as is, null for none
     * @param password sent as is, null for none; never printed
     * @param maskedAccessKeyId the AccessKey it was signed with, masked, null if with none
     */
    public SignedConnect(@Nullable String username, @Nullable String password, @Nullable String maskedAccessKeyId) {
        this(username, password, maskedAccessKeyId, null);
    }

    SignedConnect(
            @Nullable String username,
            @Nullable String password,
            @Nullable String maskedAccessKeyId,
            @Nullable Tokens tokens) {
        this.username = username;
        this.password = password;
        this.maskedAccessKeyId = maskedAccessKeyId;
        this.tokens = tokens;
    }

    /** The user name. */
    public Optional<String> username() {
        return Optional.ofNullable(username);
    }

    /** The password. Never log it. */
    public Optional<String> password() {
        return Optional.ofNullable(password);
    }

    /** The masked ID of the AccessKey it was signed with. */
    public Optional<String> maskedAccessKeyId() {
        return Optional.ofNullable(maskedAccessKeyId);
    }

    /** The tokens in the password, in token mode. */
    public Optional<Tokens> tokens() {
        return Optional.ofNullable(tokens);
    }

    /** The masked AccessKey ID; never user name or password. */
    @Override
    public String toString() {
        return "SignedConnect[" + maskedAccessKeyId().orElse("no AccessKey") + "]";
    }
}
