/**
 * What TLS trusts and presents: PEM files and key stores to an {@code SSLContext}, and failed handshakes in words.
 *
 * <p>Front door: {@link io.apsaramqtt.tls.TlsSettings}. Uses no other package but the root. The only user of Bouncy Castle,
 * which is an optional dependency.
 */
@NullMarked
package io.apsaramqtt.tls;

import org.jspecify.annotations.NullMarked;
