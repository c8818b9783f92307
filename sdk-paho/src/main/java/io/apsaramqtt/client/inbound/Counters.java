package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.TopicName;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of messages. Thread-safe. */
final class Counters {

    private static final Logger log = LoggerFactory.getLogger(Counters.class);

    final LongAdder received = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder deadLettered = new LongAdder();
    final LongAdder redeliveriesSkipped = new LongAdder();
    final LongAdder slow = new LongAdder();

    private final AtomicLong withoutRoom = new AtomicLong();

    /** One more message of QoS 0 found no room, which is logged for the first and then for each power of ten. */
    void withoutRoom(TopicName topic) {
        long count = withoutRoom.incrementAndGet();
        if (isPowerOfTen(count)) {
            log.warn(
                    "Message of QoS 0 on topic [{}] dropped: there is no room, listeners are slow ({} dropped so far)",
                    topic,
                    count);
        }
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    InboundStatistics read(int waiting) {
        return new InboundStatistics(
                waiting,
                received.sum(),
                delivered.sum(),
                dropped.sum(),
                failed.sum(),
                deadLettered.sum(),
                redeliveriesSkipped.sum(),
                slow.sum());
    }
}
