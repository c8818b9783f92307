package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;

/**
 * A loss, judged. Immutable.
 *
 * @param loss with the probable cause, if there is one
 * @param idle whether the broker ended it and nothing was in progress
 * @param narrowed whether what was in progress had been suspected before, so that the cause is nearer now
 */
record Lost(ConnectionLostException loss, boolean idle, boolean narrowed) {}
