/**
 * Alibaba Cloud in the JVM: the OpenAPI of STS, RAM, Resource Management and ApsaraMQ for MQTT at 127.0.0.1, with signatures
 * verified and callers authorized, and with faults to switch on.
 *
 * <p>Front door: {@link io.apsaramqtt.test.cloud.FakeAlibabaCloud}. Uses {@code account}, {@code mqtt}, {@code signature},
 * {@code action} and {@code wire} below it; shares no code with the part of the SDK that calls the OpenAPI.
 */
@NullMarked
package io.apsaramqtt.test.cloud;

import org.jspecify.annotations.NullMarked;
