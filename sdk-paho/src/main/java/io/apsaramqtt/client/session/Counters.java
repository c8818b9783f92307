package io.apsaramqtt.client.session;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happens, for {@link SessionStatistics}. Thread-safe. */
final class Counters {

    final LongAdder connects = new LongAdder();
    final LongAdder losses = new LongAdder();
    final LongAdder failedAttempts = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder mismatches = new LongAdder();
    final LongAdder quarantined = new LongAdder();
}
