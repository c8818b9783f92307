/**
 * What a user sees of a connection: its endpoint, its state, and the exceptions that say what went wrong with it.
 *
 * <p>Public, and below the session that throws them. Uses sdk-core.
 */
@NullMarked
package io.apsaramqtt.client.connection;

import org.jspecify.annotations.NullMarked;
