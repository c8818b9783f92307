package io.apsaramqtt.test.cloud.mqtt;

import io.apsaramqtt.permission.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A token that ApplyToken handed out. It has no secret: the token itself is what it was found by.
 *
 * <p>Immutable.
 *
 * @param instanceId the instance that it is for
 * @param resources topic filters, sorted
 * @param operations what it permits on them: {@code R} subscribe, {@code W} publish
 * @param expiresAt the first moment at which it is no longer valid
 * @param revoked whether RevokeToken was called for it
 */
public record IssuedToken(
        String instanceId, List<String> resources, Set<Operation> operations, Instant expiresAt, boolean revoked) {

    /** Copies what it is given. */
    public IssuedToken {
        resources = List.copyOf(resources);
        operations = Set.copyOf(operations);
    }

    /** Whether it can be used at {@code now}. */
    public boolean isValid(Instant now) {
        return !revoked && now.isBefore(expiresAt);
    }

    IssuedToken revokedNow() {
        return new IssuedToken(instanceId, resources, operations, expiresAt, true);
    }
}
