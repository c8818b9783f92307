/**
 * Requests, parameters and answers of the OpenAPI as they are on the wire. Internal; the front door is
 * {@link io.apsaramqtt.test.cloud}.
 *
 * <p>Uses nothing of the SDK but its root exception: it must be able to contradict the SDK.
 */
@NullMarked
package io.apsaramqtt.test.cloud.wire;

import org.jspecify.annotations.NullMarked;
