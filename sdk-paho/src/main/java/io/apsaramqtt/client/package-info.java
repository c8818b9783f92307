/**
 * The client for ApsaraMQ for MQTT.
 *
 * <p>Front door: {@link io.apsaramqtt.client.ApsaraMqttClient}. Uses {@code client.session} and below, which are internal.
 */
@NullMarked
package io.apsaramqtt.client;

import org.jspecify.annotations.NullMarked;
