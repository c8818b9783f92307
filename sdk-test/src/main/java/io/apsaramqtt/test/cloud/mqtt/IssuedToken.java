package io.apsaramqtt.test.cloud.mqtt;

import io.apsaramqtt.authentication.TokenType;
import java.time.Instant;
import java.util.List;

/**
 * A token that ApplyToken handed out. It has no secret: the token itself is what it was found by.
 *
 * <p>Immutable.
 *
 * @param instanceId the instance that it is for
 * @param resources topic filters, sorted
 * @param type what it permits on them
 * @param expiresAt the first moment at which it is no longer valid
 * @param revoked whether RevokeToken was called for it
 */
public record IssuedToken(
        String instanceId, List<String> resources, TokenType type, Instant expiresAt, boolean revoked) {

    /** Copies the resources. */
    public IssuedToken {
        resources = List.copyOf(resources);
    }

    /** Whether it can be used at {@code now}. */
    public boolean isValid(Instant now) {
        return !revoked && now.isBefore(expiresAt);
    }

    IssuedToken revokedNow() {
        return new IssuedToken(instanceId, resources, type, expiresAt, true);
    }
}
