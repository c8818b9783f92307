/**
 * The seam between the session and an MQTT engine, below all policy: one {@code Transport} is one connection, and knows
 * nothing of reconnecting, permissions or listeners.
 *
 * <p>Internal. Front door: {@link io.apsaramqtt.client.transport.TransportProvider}. Uses {@code client.connection} and
 * sdk-core.
 */
@NullMarked
package io.apsaramqtt.client.transport;

import org.jspecify.annotations.NullMarked;
