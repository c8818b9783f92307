package io.apsaramqtt.client.session;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.inbound.Intake;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.mqtt.Message;
import java.util.List;

/** Whose connections they are. Called with the lock of the session, where not said otherwise. */
interface ConnectionOwner {

    /** What takes a new connection's messages. */
    Intake intake(Link link);

    /** The broker took over a message of QoS 2; on a thread of the engine, without the lock. */
    void publishReceived(Link link, int packetId);

    /** Whether the broker said something of a token, which is no message; on a thread of the engine, without the lock. */
    boolean isNotice(Link link, Message message);

    /**
     * What is to be subscribed to, where the broker may have kept the session and with it what it granted; asked without the lock,
     * as the user is told what is not.
     */
    List<Subscription> wanted(boolean sessionKept);

    /** Makes a new connection what the last one was, then runs {@code restored}. */
    void restore(Link link, List<Subscription> wanted, Runnable restored);

    /** The connection is the client's from now on. */
    void ready(Link link);

    /** The connection is gone; the result tells what for. */
    Lost lost(Link link, ConnectionLostException loss);

    /** There is no connection, because of {@code failure}. */
    void notConnected(Throwable failure);

    /** This side is about to end the connection. */
    void leaving();

    /** There will be no other connection: what is pending fails. */
    void abandon(ApsaraMqttException why);
}
