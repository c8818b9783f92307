/**
 * The life of a client above the seam, written once for every engine: authentication, the check before each call, the
 * window, reconnecting and subscribing again, and the dispatch to listeners.
 *
 * <p>Internal. Front door: {@link io.apsaramqtt.client.session.Session}. Uses {@code client.transport},
 * {@code client.connection} and sdk-core; clock, executors and transport are handed in.
 */
@NullMarked
package io.apsaramqtt.client.session;

import org.jspecify.annotations.NullMarked;
