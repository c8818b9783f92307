package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.session.Publication.Stage;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.permission.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were accepted and are not done, in order: those waiting to be sent, or sent again, and those sent. It
 * outlives the connections. Guarded by the session.
 */
final class Ledger {

    private final PacketIds ids;
    private final Publisher publisher;
    private final TrafficHold hold;
    private final Backlog waiting = new Backlog();
    private final InFlight inFlight = new InFlight();
    private final SendWindow window;

    private @Nullable Link link;
    private boolean pumping;

    Ledger(PacketIds ids, int window, Publisher publisher, TrafficHold hold) {
        this.ids = ids;
        this.window = new SendWindow(window);
        this.publisher = publisher;
        this.hold = hold;
        hold.tell(this::pump);
    }

    /** How many messages are in it. */
    int size() {
        return waiting.size() + inFlight.size();
    }

    /** How many messages may be in it before one has to wait. */
    int window() {
        return window.size();
    }

    /** Those that wait to be sent. */
    Backlog waiting() {
        return waiting;
    }

    /** Takes a message; it leaves as soon as there is a connection and room in the window. */
    void accept(Publication publication) {
        waiting.addLast(publication);
        pump();
    }

    /** A connection is ready, with {@code room} for unacknowledged messages; what was in progress is sent again first. */
    void opened(Link opened, int room) {
        link = opened;
        window.resize(room);
        waiting.moveLast(publisher::isStruck);
        pump();
    }

    /** A connection was made, not ready yet, on which the broker has no session. */
    void forgetSession() {
        waiting.stream().toList().forEach(this::forgetSession);
        if (window.isSuspicious()) {
            // Each is a new message to the broker, so only those of one topic have an order, and one topic leaves at a
            // time.
            waiting.groupByTopic(publication -> publication.sentOn != null);
        }
    }

    /**
     * The broker knows nothing of it any more: a message of QoS 1 is a new one, with a new identifier; one of QoS 2 might be
     * delivered twice, and one that nobody waits for has had its time.
     */
    private void forgetSession(Publication publication) {
        if (publication.stage == Stage.NEW) {
            return;
        }
        ids.free(publication.packetId);
        publication.packetId = 0;
        publication.stage = Stage.NEW;
        ConnectionLostException loss = publication.lastLoss;
        if (loss != null && (publication.abandoned || publication.message.qos() == Qos.EXACTLY_ONCE)) {
            remove(publication, unacknowledged(publication, loss));
        }
    }

    private static ConnectionLostException unacknowledged(Publication publication, ConnectionLostException loss) {
        return loss.during("Publish to '" + publication.topic() + "' was not acknowledged");
    }

    private void pump() {
        if (hold.isOn()) {
            if (link != null && inFlight.size() < window.size()) {
                hold.room();
            }
            return;
        }
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            Link open = link;
            while (open != null && !hold.isOn() && window.hasRoom(waiting.first(), inFlight)) {
                send(waiting.removeFirst(), open);
                open = link;
            }
        } finally {
            pumping = false;
        }
    }

    private void send(Publication publication, Link open) {
        publication.sentOn = open;
        publication.sentAt = publisher.now();
        if (publication.isAcknowledged() && publication.packetId == 0) {
            publication.packetId = ids.take();
        }
        inFlight.add(publication);
        publisher.send(publication, open);
        if (publication.stage == Stage.NEW) {
            publication.stage = Stage.SENT;
        }
    }

    /** The broker took over the message of QoS 2 with this identifier. */
    void released(Link on, int packetId) {
        Publication publication = inFlight.get(packetId);
        if (publication != null && on.equals(publication.sentOn) && publication.message.qos() == Qos.EXACTLY_ONCE) {
            publication.stage = Stage.RELEASED;
        }
    }

    /** The broker answered; {@code failure} is null, or why it is to be told as failed. */
    void answered(Publication publication, Link on, @Nullable RuntimeException failure) {
        if (on.equals(publication.sentOn) && publication.stage != Stage.DONE && !publication.queued) {
            // A PUBCOMP of what was let go says nothing of the message.
            remove(publication, publication.stage == Stage.LET_GO ? publication.lastLoss : failure);
            pump();
        }
    }

    /** Whether the broker has this message, of QoS 1 or 2, on the present connection {@code on} and has not answered. */
    boolean isUnanswered(Publication publication, Link on) {
        return on.equals(link) && publication.equals(inFlight.get(publication.packetId));
    }

    private void remove(Publication publication, @Nullable RuntimeException failure) {
        waiting.remove(publication);
        inFlight.remove(publication);
        if (publication.packetId != 0) {
            ids.free(publication.packetId);
            publication.packetId = 0;
        }
        publication.stage = Stage.DONE;
        window.clear(publication);
        publisher.done(publication, failure);
    }

    /** Its time is up: one that was never sent goes, one that was sent keeps its identifier until the broker answers. */
    void expired(Publication publication, RuntimeException failure) {
        if (publication.stage == Stage.NEW) {
            remove(publication, failure);
        } else if (publication.stage != Stage.DONE) {
            publication.abandoned = true;
            publisher.done(publication, failure);
            if (publication.queued) {
                letGo(publication, failure);
            }
        }
        pump();
    }

    /** Nobody waits for it any more, and it waits to be sent again: it goes, or only its PUBREL does. */
    private void letGo(Publication publication, RuntimeException failure) {
        if (publication.message.qos() == Qos.EXACTLY_ONCE) {
            publication.stage = Stage.LET_GO;
        } else {
            remove(publication, failure);
        }
    }

    /**
     * The connection is gone. What it carried goes to the front, in order, to be sent again; but QoS 0 fails, and so does QoS 2
     * where the broker keeps no session, as sending it again might deliver it twice.
     */
    void lost(ConnectionLostException loss, boolean sessionKept) {
        link = null;
        waiting.stream().forEach(publication -> publication.lastLoss = loss);
        List<Publication> carried = inFlight.takeAll();
        List<Publication> failing = new ArrayList<>();
        for (int i = carried.size() - 1; i >= 0; i--) {
            Publication publication = carried.get(i);
            publication.lastLoss = loss;
            boolean twice = publication.message.qos() == Qos.EXACTLY_ONCE && !sessionKept;
            if (twice || !publication.isAcknowledged()) {
                failing.add(publication);
            } else {
                waiting.addFirst(publication);
                if (publication.abandoned) {
                    letGo(publication, loss);
                }
            }
        }
        failing.forEach(publication -> remove(publication, unacknowledged(publication, loss)));
    }

    /** What of it is on this connection since {@code earliest}. */
    List<Activity> inProgress(Link on, Instant earliest) {
        return inFlight.since(on, earliest).stream()
                .map(publication -> new Activity(Operation.PUBLISH, publication.topic(), publication.sentAt))
                .toList();
    }

    /** Holds what is on this connection since {@code earliest} for possible causes of its loss: sent again by topic. */
    void suspect(Link on, Instant earliest) {
        inFlight.since(on, earliest).stream()
                .filter(Publication::isAcknowledged)
                .forEach(window::suspect);
    }

    /** Fails those that {@code which} picks, wherever they are, each for its reason, and drops their packets. */
    List<Message> fail(Predicate<Publication> which, Function<Publication, RuntimeException> failure) {
        List<Publication> failing =
                Stream.concat(waiting.stream(), inFlight.stream()).filter(which).toList();
        // Whoever was told before that its time is up does not hear of it again.
        List<Message> told = failing.stream()
                .filter(publication -> !publication.abandoned)
                .map(publication -> publication.message)
                .toList();
        failing.forEach(publication -> remove(publication, failure.apply(publication)));
        pump();
        return told;
    }
}
