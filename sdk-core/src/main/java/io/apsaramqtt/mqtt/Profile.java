package io.apsaramqtt.mqtt;

/**
 * Which broker the client speaks to, and so which rules apply beyond the MQTT specification. Immutable.
 */
public enum Profile {
    /** ApsaraMQ for MQTT, the default: the names, limits and refusals of the service. */
    APSARAMQ,
    /** Any MQTT broker: the specification only. */
    GENERIC
}
