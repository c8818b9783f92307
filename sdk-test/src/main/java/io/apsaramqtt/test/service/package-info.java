/**
 * What the service decides, without a broker to carry the messages: who may connect, publish and subscribe on an instance.
 * Internal; the front door is {@link io.apsaramqtt.test}.
 *
 * <p>Uses {@code event} and the core.
 */
@NullMarked
package io.apsaramqtt.test.service;

import org.jspecify.annotations.NullMarked;
