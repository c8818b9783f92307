package io.apsaramqtt.test.cloud.account;

/**
 * The resource directory that an account is in (Resource Management 2020-03-31, page "GetResourceDirectory").
 *
 * <p>Immutable.
 *
 * @param id such as {@code rd-1}
 * @param managementAccountId of the account that manages it, which control policies do not bind
 * @param controlPolicies whether control policies are enabled
 */
public record ResourceDirectory(String id, String managementAccountId, boolean controlPolicies) {}
