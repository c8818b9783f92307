/**
 * What becomes of a message that is published: how many may wait, what is said when there is no room, and what was not
 * delivered when the client closed.
 *
 * <p>Public. Uses {@code client.connection} and sdk-core.
 */
@NullMarked
package io.apsaramqtt.client.delivery;

import org.jspecify.annotations.NullMarked;
