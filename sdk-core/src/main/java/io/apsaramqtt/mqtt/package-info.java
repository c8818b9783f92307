/**
 * The words of MQTT and of the service: topic names and filters (different types), client IDs, messages, and the rules
 * that ApsaraMQ for MQTT adds to the protocol.
 *
 * <p>Front door: {@link io.apsaramqtt.mqtt.Message}, {@link io.apsaramqtt.mqtt.ServiceRules}. Uses no other package but
 * the root.
 */
@NullMarked
package io.apsaramqtt.mqtt;

import org.jspecify.annotations.NullMarked;
