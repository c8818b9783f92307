/**
 * HiveMQ Community Edition, embedded, with an extension that asks the service's model at each step. Internal; the only
 * package that names HiveMQ.
 *
 * <p>Uses {@code event}, {@code service} and the core.
 */
@NullMarked
package io.apsaramqtt.test.hivemq;

import org.jspecify.annotations.NullMarked;
