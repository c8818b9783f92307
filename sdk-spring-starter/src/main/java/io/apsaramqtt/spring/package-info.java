/**
 * ApsaraMQ for MQTT in a Spring application.
 *
 * <p>Front doors: {@link io.apsaramqtt.spring.MqttTemplate} to publish, {@link io.apsaramqtt.spring.MqttListener} to receive,
 * {@link io.apsaramqtt.spring.MqttEvent} to hear what happens to a client, and
 * {@link io.apsaramqtt.spring.ApsaraMqttClientCustomizer} for what the properties do not cover. Uses the public packages of the
 * client and the core, and Spring Messaging; nothing of Spring Boot.
 */
@NullMarked
package io.apsaramqtt.spring;

import org.jspecify.annotations.NullMarked;
