/**
 * How an application receives messages: its listeners, what happens when one fails, and who acknowledges.
 *
 * <p>Public. Uses sdk-core.
 */
@NullMarked
package io.apsaramqtt.client.listener;

import org.jspecify.annotations.NullMarked;
