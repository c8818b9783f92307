package io.apsaramqtt.client.session;

import org.jspecify.annotations.Nullable;

/**
 * How much may be on the connection at a time: so many messages, and of one topic alone while there are suspects among all that
 * are not done, so that a loss tells which topic it was for. Guarded by the session.
 */
final class SendWindow {

    private int size;
    private int suspects;

    SendWindow(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    void resize(int room) {
        size = room;
    }

    /** It may be what a connection was lost for. */
    void suspect(Publication publication) {
        if (!publication.suspect) {
            publication.suspect = true;
            suspects++;
        }
    }

    /** It is done. */
    void clear(Publication publication) {
        if (publication.suspect) {
            publication.suspect = false;
            suspects--;
        }
    }

    /** Whether there are suspects. */
    boolean isSuspicious() {
        return suspects > 0;
    }

    /** Whether {@code next}, if there is one, may join what is in flight. */
    boolean hasRoom(@Nullable Publication next, InFlight inFlight) {
        return next != null
                && inFlight.size() < size
                && (suspects == 0 || inFlight.size() == 0 || inFlight.topic().equals(next.topic()));
    }
}
