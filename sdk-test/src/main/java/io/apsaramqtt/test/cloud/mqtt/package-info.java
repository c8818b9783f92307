/**
 * What the OpenAPI of ApsaraMQ for MQTT handed out: tokens and device credentials. A broker asks it whom to let in.
 *
 * <p>Front door: {@link io.apsaramqtt.test.cloud.mqtt.IssuedCredentials}. Uses {@code authentication} of the core.
 */
@NullMarked
package io.apsaramqtt.test.cloud.mqtt;

import org.jspecify.annotations.NullMarked;
