/**
 * What exists in an Alibaba Cloud account: users, groups, roles, their AccessKeys, policies with versions, and who is
 * attached to what. A test creates and changes it while the cloud runs.
 *
 * <p>Front door: {@link io.apsaramqtt.test.cloud.account.Account}. Uses {@code credentials} and {@code policy} of the core.
 */
@NullMarked
package io.apsaramqtt.test.cloud.account;

import org.jspecify.annotations.NullMarked;
