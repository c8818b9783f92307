package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.mqtt.Message;

/** Is told what comes from the broker, on a thread of the engine, which it must not keep. */
public interface TransportListener {

    /** A message came; the engine acknowledges it when this returns. */
    void received(Message message);

    /** The connection is gone though nobody here ended it. Called at most once. */
    void lost(ConnectionLostException loss);
}
