package io.apsaramqtt.client.inbound;

import io.apsaramqtt.client.runtime.ClientRuntime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the messages of one connection in while there is room. Where there is none for too long, it refuses all that come
 * later as well: taking them would break the order. Thread-safe.
 */
final class Admission {

    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    private final Room room;
    private final Duration hold;
    private final ClientRuntime runtime;
    private final Runnable overrun;
    /** Set once, by the overrun or by the close, whichever is first. */
    private final AtomicBoolean refusing = new AtomicBoolean();

    Admission(Room room, Duration hold, ClientRuntime runtime, Runnable overrun) {
        this.room = room;
        this.hold = hold;
        this.runtime = runtime;
        this.overrun = overrun;
    }

    /** Whether there is a place, which is then taken. */
    boolean tryEnter() {
        return !refusing.get() && room.tryTake();
    }

    /** Whether there is a place, which is then taken; waits for one as long as the engine may be held back. */
    boolean enter() {
        if (refusing.get()) {
            return false;
        }
        if (room.tryTake() || (!hold.isZero() && waits())) {
            return true;
        }
        if (!room.isShut() && refusing.compareAndSet(false, true)) {
            log.warn(
                    "No room for another message: {} wait for slow listeners, and the engine was held back for {} s. The"
                            + " connection ends, so that the broker keeps what it has",
                    room.taken(),
                    hold.toSeconds());
            overrun.run();
        }
        return false;
    }

    private boolean waits() {
        AtomicBoolean expired = new AtomicBoolean();
        Runnable cancel = runtime.after(hold, () -> {
            expired.set(true);
            room.wake();
        });
        boolean taken = room.take(() -> expired.get() || refusing.get());
        cancel.run();
        return taken;
    }

    /** Takes a place, even if there is none. */
    void enterBeyond() {
        room.takeBeyond();
    }

    /** Gives a place back that no message came to. */
    void leave() {
        room.give();
    }

    boolean isRefusing() {
        return refusing.get() || room.isShut();
    }

    /** The connection is gone. */
    void close() {
        refusing.set(true);
        room.wake();
    }
}
