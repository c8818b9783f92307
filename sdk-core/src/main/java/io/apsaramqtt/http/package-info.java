/**
 * Exchanges over HTTP that end: with an answer of bounded length, in bounded time, or with a failure that says which of the
 * two bounds or what else it was. Internal: who uses the SDK never sees it.
 *
 * <p>Front door: {@link io.apsaramqtt.http.BoundedHttp}. Uses no other package but the root.
 */
@NullMarked
package io.apsaramqtt.http;

import org.jspecify.annotations.NullMarked;
