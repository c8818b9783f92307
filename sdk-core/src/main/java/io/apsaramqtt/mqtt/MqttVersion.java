package io.apsaramqtt.mqtt;

/**
 * Version of the protocol. Immutable. ApsaraMQ speaks 3.1.1 on every edition and 5 on some (service page "MQTT 5.0
 * overview"); a client speaks exactly the version it was built with and never falls back.
 */
public enum MqttVersion {
    /** MQTT 3.1.1, the default. */
    V3_1_1,
    /** MQTT 5. */
    V5
}
