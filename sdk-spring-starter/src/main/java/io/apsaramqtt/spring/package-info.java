/**
 * ApsaraMQ for MQTT in a Spring application.
 *
 * <p>Front doors: {@link io.apsaramqtt.spring.MqttTemplate} to publish, and
 * {@link io.apsaramqtt.spring.ApsaraMqttClientCustomizer} for what the properties do not cover. Uses the public packages of
 * the client and the core, and no Spring.
 */
@NullMarked
package io.apsaramqtt.spring;

import org.jspecify.annotations.NullMarked;
