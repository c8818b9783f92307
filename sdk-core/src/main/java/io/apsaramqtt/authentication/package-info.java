/**
 * How a CONNECT proves who it is.
 *
 * <p>Front door: {@link io.apsaramqtt.authentication.Authentication}. Uses {@code mqtt}, {@code credentials}.
 */
@NullMarked
package io.apsaramqtt.authentication;

import org.jspecify.annotations.NullMarked;
