package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;

/**
 * A loss, judged. Immutable.
 *
 * @param loss with the probable cause, if there is one
 * @param idle whether the broker ended it and nothing was in progress
 */
record Lost(ConnectionLostException loss, boolean idle) {}
