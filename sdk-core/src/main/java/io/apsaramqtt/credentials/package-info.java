/**
 * The AccessKey that a program acts with, and where it is found.
 *
 * <p>Front door: {@link io.apsaramqtt.credentials.CredentialsProvider}. Uses no other package but the root.
 *
 * <p>Roles, OIDC tokens, the metadata service of ECS and credentials URIs go through {@code com.aliyun:credentials-java}, an
 * optional dependency: where it is absent, the exception says what to add.
 */
@NullMarked
package io.apsaramqtt.credentials;

import org.jspecify.annotations.NullMarked;
