/**
 * Time, chance and threads, handed in so that a client runs on simulated ones in tests.
 *
 * <p>Internal. Front door: {@link io.apsaramqtt.client.runtime.ClientRuntime}. Uses nothing of this module.
 */
@NullMarked
package io.apsaramqtt.client.runtime;

import org.jspecify.annotations.NullMarked;
