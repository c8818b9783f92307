/**
 * How a CONNECT proves who it is: signature, tokens, device credential, custom.
 *
 * <p>Front door: {@link io.apsaramqtt.authentication.Authentication}. Uses {@code mqtt}, {@code credentials} and, as tokens carry
 * topic rules, {@code permission}; {@code http} to ask an application server for them.
 */
@NullMarked
package io.apsaramqtt.authentication;

import org.jspecify.annotations.NullMarked;
