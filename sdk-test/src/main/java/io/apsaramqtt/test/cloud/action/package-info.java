/**
 * The operations that the cloud serves: STS, RAM, Resource Management, ApsaraMQ for MQTT. Internal; the front door is
 * {@link io.apsaramqtt.test.cloud}.
 *
 * <p>Uses {@code wire}, {@code account}, {@code signature}, {@code mqtt} and the core, whose evaluator authorizes callers.
 */
@NullMarked
package io.apsaramqtt.test.cloud.action;

import org.jspecify.annotations.NullMarked;
