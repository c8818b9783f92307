/**
 * May this client do this operation: the local answer before a publish or subscribe, and its reasons in words.
 *
 * <p>Front door: {@link io.apsaramqtt.permission.Permissions}. Only a certain deny stops a call; the broker stays the
 * judge. Uses {@code mqtt}, {@code policy}, {@code resource}.
 */
@NullMarked
package io.apsaramqtt.permission;

import org.jspecify.annotations.NullMarked;
