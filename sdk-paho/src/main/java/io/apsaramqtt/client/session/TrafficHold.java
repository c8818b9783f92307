package io.apsaramqtt.client.session;

import java.util.ArrayList;
import java.util.List;

/**
 * While it is on, no PUBLISH, SUBSCRIBE or UNSUBSCRIBE leaves: before a token is uploaded (service page "Token authentication"),
 * and behind the goodbye. Guarded by the session.
 */
final class TrafficHold {

    private final List<Runnable> senders = new ArrayList<>();
    private Runnable whenRoom = () -> {};
    private boolean on;

    /** Has {@code sender} look again whenever this changes. */
    void tell(Runnable sender) {
        senders.add(sender);
    }

    boolean isOn() {
        return on;
    }

    /** Begins. */
    void begin() {
        begin(() -> {});
    }

    /** Begins; {@code then} runs as soon as the window has room for a message. */
    void begin(Runnable then) {
        on = true;
        whenRoom = then;
        senders.forEach(Runnable::run);
    }

    /** The window has room for a message. */
    void room() {
        Runnable then = whenRoom;
        whenRoom = () -> {};
        then.run();
    }

    /** Ends: what was held back leaves. */
    void end() {
        on = false;
        whenRoom = () -> {};
        senders.forEach(Runnable::run);
    }
}
