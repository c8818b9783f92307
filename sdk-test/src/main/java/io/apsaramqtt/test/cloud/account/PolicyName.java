package io.apsaramqtt.test.cloud.account;

/**
 * What names a policy: a custom and a system policy may share the rest. Immutable.
 *
 * @param type who made it
 * @param name its name
 */
record PolicyName(PolicyType type, String name) {}
