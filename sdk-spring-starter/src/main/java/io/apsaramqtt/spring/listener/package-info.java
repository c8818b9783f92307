/**
 * Listener methods: how they are found, checked, subscribed, called and stopped.
 *
 * <p>Front doors: {@link io.apsaramqtt.spring.listener.MqttListenerRegistry} and its containers. Uses the package above, the
 * public packages of the client and the core, and Spring Messaging; nothing of Spring Boot.
 */
@NullMarked
package io.apsaramqtt.spring.listener;

import org.jspecify.annotations.NullMarked;
