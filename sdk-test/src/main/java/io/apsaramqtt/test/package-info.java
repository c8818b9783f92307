/**
 * ApsaraMQ for MQTT in the JVM: an embedded instance for tests, a JUnit Jupiter extension, and a local broker to develop
 * against.
 *
 * <p>Front door: {@link io.apsaramqtt.test.EmbeddedApsaraMqtt}. Uses {@code event}, {@code service}, {@code hivemq} and the
 * core; never a client.
 */
@NullMarked
package io.apsaramqtt.test;

import org.jspecify.annotations.NullMarked;
