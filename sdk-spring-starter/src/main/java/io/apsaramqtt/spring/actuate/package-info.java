/**
 * What operations sees of the clients: health, meters, observations and the endpoint {@code apsaramqtt}, where the application
 * has Spring Boot's Actuator or Micrometer.
 *
 * <p>Front doors: none in code; the beans are made by auto-configurations. Uses the packages above but that of the other
 * auto-configuration, the public packages of the client and the core, and Spring Boot.
 */
@NullMarked
package io.apsaramqtt.spring.actuate;

import org.jspecify.annotations.NullMarked;
