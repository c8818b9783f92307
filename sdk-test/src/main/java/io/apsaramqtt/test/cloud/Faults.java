package io.apsaramqtt.test.cloud;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The faults that are switched on; the oldest that fits is taken. Thread-safe. */
final class Faults {

    private static final class Armed {
        private final CloudFault fault;
        private int left;

        Armed(CloudFault fault) {
            this.fault = fault;
            this.left = fault.times();
        }
    }

    private final List<Armed> armed = new ArrayList<>();
    private CountDownLatch healed = new CountDownLatch(1);

    synchronized void add(CloudFault fault) {
        armed.add(new Armed(fault));
    }

    /** What goes wrong with the next request of this operation. */
    synchronized Optional<TakenFault> take(String action) {
        for (Iterator<Armed> each = armed.iterator(); each.hasNext(); ) {
            Armed next = each.next();
            if (next.fault.isFor(action)) {
                if (--next.left == 0) {
                    each.remove();
                }
                return Optional.of(new TakenFault(next.fault.effect(), healed));
            }
        }
        return Optional.empty();
    }

    /** Ends all faults, and lets go whoever waits. */
    synchronized void heal() {
        armed.clear();
        healed.countDown();
        healed = new CountDownLatch(1);
    }
}
