package io.apsaramqtt.test.event;

/**
 * Who ended a connection. Immutable.
 */
public enum DisconnectedBy {
    /** The client, with a DISCONNECT. */
    CLIENT,
    /** The broker: something was denied, the client ID was taken over, or the test asked for it. */
    BROKER,
    /** Nobody on purpose: the connection broke, or the client closed it without a DISCONNECT. */
    NETWORK
}
