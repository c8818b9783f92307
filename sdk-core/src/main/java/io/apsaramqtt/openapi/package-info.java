/**
 * What is asked of Alibaba Cloud itself: who an AccessKey belongs to (STS), what it may do (RAM), and the tokens and device
 * credentials of ApsaraMQ for MQTT. The only package that speaks to Alibaba Cloud; nothing in it is called unless a program
 * asks for it.
 *
 * <p>Front doors: {@link io.apsaramqtt.openapi.RamPermissions}, {@link io.apsaramqtt.openapi.MqttOpenApi}. Uses every package
 * below but {@code tls} and {@code advice}.
 */
@NullMarked
package io.apsaramqtt.openapi;

import org.jspecify.annotations.NullMarked;
