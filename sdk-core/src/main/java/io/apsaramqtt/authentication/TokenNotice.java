package io.apsaramqtt.authentication;

import java.time.Instant;

/**
 * What the broker says of a token on an open connection (service page "Token authentication"). No page promises that a notice
 * arrives. Immutable.
 */
public sealed interface TokenNotice {

    /** The type of the token. */
    TokenType type();

    /**
     * A token is about to expire: sent once, about five minutes before. The client asks for another at once.
     *
     * @param type of the token
     * @param expiresAt when, by the clock of the broker
     */
    record Expiring(TokenType type, Instant expiresAt) implements TokenNotice {}

    /**
     * The broker does not accept a token, and is about to end the connection.
     *
     * @param type of the token
     * @param problem what is wrong with it
     */
    record Invalid(TokenType type, Problem problem) implements TokenNotice {}

    /** What is wrong with a token. */
    enum Problem {
        /** Code 1: forged, or not to be read. */
        MALFORMED(1),
        /** Code 2. */
        EXPIRED(2),
        /** Code 3. */
        REVOKED(3),
        /** Code 4: not for the topic that was used. */
        OTHER_RESOURCES(4),
        /** Code 5: not for what was done with the topic. */
        OTHER_TYPE(5),
        /** Code 8. */
        WRONG_SIGNATURE(8),
        /** Code -1. */
        ACCOUNT_NOT_PERMITTED(-1),
        /** A code that no page lists. */
        OTHER(0);

        private final int code;

        Problem(int code) {
            this.code = code;
        }

        /** The problem with this code; {@link #OTHER} if no page lists it. */
        public static Problem of(long code) {
            for (Problem problem : values()) {
                if (problem.code == code) {
                    return problem;
                }
            }
            return OTHER;
        }
    }
}
