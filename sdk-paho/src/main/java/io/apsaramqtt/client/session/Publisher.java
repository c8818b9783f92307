package io.apsaramqtt.client.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends for the ledger, and is told how each message ended. Called with the lock of the session. */
interface Publisher {

    /** Sends {@code publication}, the first time, again, or its PUBREL. */
    void send(Publication publication, Link link);

    /** It is out of the ledger; {@code failure} is null where the broker has acknowledged it. */
    void done(Publication publication, @Nullable RuntimeException failure);

    /** Whether its topic cost the last connection that carried it. */
    boolean isStruck(Publication publication);

    /** The time of sending. */
    Instant now();
}
