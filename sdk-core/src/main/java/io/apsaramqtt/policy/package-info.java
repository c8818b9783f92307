/**
 * The RAM policy language: documents, statements, and the decision they give on one action and one resource. Pure: no
 * clock, no input or output, no logger, no MQTT.
 *
 * <p>Front door: {@link io.apsaramqtt.policy.PolicySet}. Follows the RAM pages "Policy structure and syntax", "Policy
 * elements" and "Policy evaluation process". A statement with a {@code Condition} is undecidable so far: it is never
 * counted as met or as unmet. Uses no other package but the root.
 */
@NullMarked
package io.apsaramqtt.policy;

import org.jspecify.annotations.NullMarked;
