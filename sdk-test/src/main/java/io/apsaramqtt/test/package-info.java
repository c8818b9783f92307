/**
 * ApsaraMQ for MQTT in the JVM: an embedded instance for tests, a JUnit Jupiter extension, a local broker to develop
 * against, and a bad network before any broker.
 *
 * <p>Front doors: {@link io.apsaramqtt.test.EmbeddedApsaraMqtt}, {@link io.apsaramqtt.test.FaultProxy}. Uses {@code event},
 * {@code service}, {@code hivemq} and the core; never a client.
 */
@NullMarked
package io.apsaramqtt.test;

import org.jspecify.annotations.NullMarked;
