/**
 * The AccessKey that a program acts with, and where it is found.
 *
 * <p>Front door: {@link io.apsaramqtt.credentials.CredentialsProvider}. Uses no other package but the root.
 */
@NullMarked
package io.apsaramqtt.credentials;

import org.jspecify.annotations.NullMarked;
