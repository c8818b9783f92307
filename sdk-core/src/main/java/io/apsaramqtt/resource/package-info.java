/**
 * The catalogue of MQ and MQTT in RAM: which actions on which resources an operation of a client needs, in each generation
 * of the names. Nobody else builds a resource name.
 *
 * <p>Front doors: {@link io.apsaramqtt.resource.ResourceCatalogue}, {@link io.apsaramqtt.resource.ActionCatalogue}.
 * Follows the service pages "Policies" of each generation. Uses {@code policy}.
 */
@NullMarked
package io.apsaramqtt.resource;

import org.jspecify.annotations.NullMarked;
