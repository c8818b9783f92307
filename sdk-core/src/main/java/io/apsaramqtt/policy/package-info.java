/**
 * The RAM policy language: documents, statements, and the decision they give on one action and one resource. Pure: no
 * clock, no input or output, no logger, no MQTT.
 *
 * <p>Front door: {@link io.apsaramqtt.policy.PolicySet} for the policies, {@link io.apsaramqtt.policy.PolicyLayers} for
 * decisions. Follows the RAM pages "Policy structure and syntax", "Policy elements", "Condition operators" and "Policy
 * evaluation process". Uses no other package but the root.
 */
@NullMarked
package io.apsaramqtt.policy;

import org.jspecify.annotations.NullMarked;
