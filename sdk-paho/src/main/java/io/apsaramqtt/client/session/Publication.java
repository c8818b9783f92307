package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A message that was accepted, from then until it is acknowledged or has failed. Guarded by the session. */
final class Publication {

    /** How far it has come in the session that the broker keeps. */
    enum Stage {
        /** Not sent in this session. */
        NEW,
        /** Sent and not answered. */
        SENT,
        /** Of QoS 2, and taken over by the broker: only its PUBREL is sent again. */
        RELEASED,
        /** Of QoS 2, and nobody waits for it: its PUBREL makes the broker let go of the identifier, if it holds it. */
        LET_GO,
        /** Acknowledged, refused or dropped. */
        DONE
    }

    final Message message;
    final CompletableFuture<Void> result = new CompletableFuture<>();
    Stage stage = Stage.NEW;
    /** In this session, 0 while there is none. */
    int packetId;
    /** Was in progress when a connection was lost, so it may be what the broker closed it for. */
    boolean suspect;
    /** Waits to be sent. */
    boolean queued;
    /** Its time is up; the packet is still the broker's to answer. */
    boolean abandoned;
    /** Its future is being completed. */
    boolean told;

    @Nullable
    Link sentOn;

    Instant sentAt = Instant.MIN;
    Runnable cancelDeadline = () -> {};
    /** How the last connection was lost that carried it, or did not come to it. */
    @Nullable
    ConnectionLostException lastLoss;

    Publication(Message message) {
        this.message = message;
    }

    boolean isAcknowledged() {
        return message.qos() != Qos.AT_MOST_ONCE;
    }

    String topic() {
        return message.topic().value();
    }

    @Override
    public String toString() {
        return "Publication[" + message + ", " + stage + ", id " + packetId + "]";
    }
}
