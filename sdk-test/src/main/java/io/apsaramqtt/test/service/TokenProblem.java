package io.apsaramqtt.test.service;

import io.apsaramqtt.authentication.TokenType;

/**
 * Why a token is not accepted, with the code that {@code $SYS/tokenInvalidNotice} has for it (service page "Token
 * authentication"). Immutable.
 *
 * @param code 1 forged, 2 expired, 3 revoked, 4 not for the topic, 5 not for the operation; by the test's will any other, such as
 *     8 for a wrong signature and -1 for an account without permission
 * @param type of the token
 */
public record TokenProblem(int code, TokenType type) {

    static final int FORGED = 1;
    static final int EXPIRED = 2;
    static final int REVOKED = 3;
    static final int OTHER_RESOURCES = 4;
    static final int OTHER_TYPE = 5;

    /** The payload of the notice. */
    public String notice() {
        return "{\"code\":" + code + ",\"type\":\"" + type.literal() + "\"}";
    }
}
