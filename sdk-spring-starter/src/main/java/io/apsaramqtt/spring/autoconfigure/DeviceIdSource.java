package io.apsaramqtt.spring.autoconfigure;

/**
 * Where the device ID of a client comes from that is not given one: replicas of an application need one each. Immutable.
 */
public enum DeviceIdSource {
    /** The name of the host: the environment variable HOSTNAME or COMPUTERNAME, or else what the system says. */
    HOST_NAME,
    /** The name of the pod: the environment variable POD_NAME, or else HOSTNAME. */
    POD_NAME,
    /** The file {@code device-id-file}, which gets a random one at the first start. */
    FILE
}
