/**
 * How a connection passes a proxy.
 *
 * <p>Front door: {@link io.apsaramqtt.client.proxy.ProxySettings}. Uses no other package.
 */
@NullMarked
package io.apsaramqtt.client.proxy;

import org.jspecify.annotations.NullMarked;
