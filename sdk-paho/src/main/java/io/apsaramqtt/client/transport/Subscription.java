package io.apsaramqtt.client.transport;

import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;

/**
 * A filter to subscribe to. Immutable.
 *
 * @param filter the filter
 * @param qos highest quality of service wanted
 */
public record Subscription(TopicFilter filter, Qos qos) {}
