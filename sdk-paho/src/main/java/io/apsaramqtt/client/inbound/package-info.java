/**
 * What happens to a received message between the engine's thread and the listeners: room for it, its turn among the messages
 * of its topic, retries, dead letters, and the acknowledgement in the order of receipt.
 *
 * <p>Internal. Front door: {@link io.apsaramqtt.client.inbound.Inbound}. Uses {@code client.listener}, {@code client.runtime}
 * and sdk-core.
 */
@NullMarked
package io.apsaramqtt.client.inbound;

import org.jspecify.annotations.NullMarked;
