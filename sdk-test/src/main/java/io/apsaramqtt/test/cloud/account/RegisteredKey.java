package io.apsaramqtt.test.cloud.account;

import io.apsaramqtt.credentials.AccessKey;
import java.time.Instant;
import java.util.Optional;

/**
 * An AccessKey that the cloud knows.
 *
 * <p>Immutable.
 *
 * @param accessKey the AccessKey
 * @param caller whom it stands for
 * @param expiresAt the first moment at which a temporary one is no longer valid
 * @param enabled whether it may sign
 */
public record RegisteredKey(AccessKey accessKey, Caller caller, Optional<Instant> expiresAt, boolean enabled) {}
