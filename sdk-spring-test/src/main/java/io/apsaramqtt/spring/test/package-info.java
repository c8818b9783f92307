/**
 * Tests of Spring Boot applications on an embedded broker that enforces their RAM policies. Front door:
 * {@link io.apsaramqtt.spring.test.EmbeddedApsaraMqttTest}. Uses the starter and {@code apsara-mqtt-test}; nothing uses it but tests.
 */
@NullMarked
package io.apsaramqtt.spring.test;

import org.jspecify.annotations.NullMarked;
