/**
 * Where effective permissions are read from, and the local copy that is kept of them.
 *
 * <p>Front door: {@link io.apsaramqtt.permission.source.PermissionSource}. Uses {@code permission} and below,
 * and {@code http}.
 */
@NullMarked
package io.apsaramqtt.permission.source;

import org.jspecify.annotations.NullMarked;
