/**
 * What a test can see of the broker: its events, typed and in order.
 *
 * <p>Front door: {@link io.apsaramqtt.test.event.BrokerEvents}. Uses {@code mqtt}.
 */
@NullMarked
package io.apsaramqtt.test.event;

import org.jspecify.annotations.NullMarked;
