package io.apsaramqtt.test.cloud.account;

import java.time.Instant;
import java.util.Optional;

/**
 * A policy that is attached to an identity.
 *
 * <p>Immutable.
 *
 * @param policy the policy
 * @param resourceGroupId the resource group that it is limited to; empty for the whole account
 * @param attachedAt when it was attached
 */
public record Attachment(StoredPolicy policy, Optional<String> resourceGroupId, Instant attachedAt) {}
