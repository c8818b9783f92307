package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.mqtt.Message;

/**
 * Is told what comes from the broker, on threads of the engine, which it must not keep: only {@link #received} may block.
 * What hangs on a future of a {@link Transport} must not block either: it would keep the engine from ending the connection.
 */
public interface TransportListener {

    /**
     * A message came. One of QoS 1 is acknowledged by {@link Transport#acknowledge}; one of QoS 2 comes once, and the engine
     * completes it. May block to hold the broker back: nothing further is read meanwhile, so that no answer comes and no future of
     * the transport completes. Who blocks here must not wait for one; that the connection is lost is told all the same, and by
     * then a next transport may call already.
     *
     * @param packetId of the PUBLISH, 0 for QoS 0
     */
    void received(int packetId, Message message);

    /** A PUBREC accepted the message of QoS 2 published as {@code packetId}: from now on only its PUBREL is sent again. */
    void publishReceived(int packetId);

    /** The connection is gone though nobody here ended it. Called at most once, and not before connect completed. */
    void lost(ConnectionLostException loss);
}
