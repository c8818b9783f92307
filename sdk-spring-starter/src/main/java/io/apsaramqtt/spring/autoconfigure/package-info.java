/**
 * What Spring Boot makes of {@code apsara.mqtt.*}: the client, its connection at start, and the template.
 *
 * <p>Front door: {@link io.apsaramqtt.spring.autoconfigure.ApsaraMqttAutoConfiguration}. Uses the package above, the public
 * packages of the client and the core, and Spring Boot.
 */
@NullMarked
package io.apsaramqtt.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
