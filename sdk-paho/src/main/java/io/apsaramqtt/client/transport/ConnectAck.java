package io.apsaramqtt.client.transport;

/**
 * What a good CONNACK says. Immutable.
 *
 * @param sessionPresent whether the broker still has the session, and so the subscriptions
 * @param receiveMaximum how many unacknowledged messages the broker takes; 65,535 if it does not say
 */
public record ConnectAck(boolean sessionPresent, int receiveMaximum) {}
