/**
 * How a client comes back after a lost connection, and what it leaves alone.
 *
 * <p>Public. Uses nothing of this module.
 */
@NullMarked
package io.apsaramqtt.client.healing;

import org.jspecify.annotations.NullMarked;
