package io.apsaramqtt.soak;

import io.apsaramqtt.client.MqttOperations;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A topic to which numbers are published, and what became of each of them: two bits, which are there from the beginning, so that
 * the books do not look like a leak. Thread-safe.
 */
final class NumberedTopic {

    private static final String PADDING = " " + ".".repeat(100);

    private final String name;
    private final Qos qos;
    private final BitSet acknowledged;
    private final BitSet received;
    private int accepted;
    private int failed;
    private int duplicated;
    private String firstFailure = "";

    /** Books for so many numbers, which grow if there are more. */
    NumberedTopic(String name, Qos qos, int numbers) {
        this.name = name;
        this.qos = qos;
        this.acknowledged = new BitSet(numbers);
        this.received = new BitSet(numbers);
    }

    String name() {
        return name;
    }

    Qos qos() {
        return qos;
    }

    /** Publishes the next number. */
    void publishOver(MqttOperations client) {
        int number = next();
        client.publishAsync(name, number + PADDING, qos).whenComplete((done, failure) -> ended(number, failure));
    }

    private synchronized int next() {
        return accepted++;
    }

    private synchronized void ended(int number, @Nullable Throwable failure) {
        if (failure == null) {
            acknowledged.set(number);
        } else {
            if (failed++ == 0) {
                firstFailure = failure.toString();
            }
        }
    }

    /** A message came. */
    synchronized void received(Message message) {
        String text = message.text();
        int number = Integer.parseInt(text.substring(0, text.indexOf(' ')));
        if (received.get(number)) {
            duplicated++;
        }
        received.set(number);
    }

    /** Whether the end of every number is known, and every acknowledged one has come. */
    synchronized boolean isSettled() {
        return pending() == 0 && lost() == 0;
    }

    private int pending() {
        return accepted - failed - acknowledged.cardinality();
    }

    private int lost() {
        BitSet missing = (BitSet) acknowledged.clone();
        missing.andNot(received);
        return missing.cardinality();
    }

    /** What became of the numbers until now: an acknowledged one that has not come yet counts as lost. */
    synchronized Tally tally(MqttVersion version) {
        return new Tally(
                version,
                qos,
                accepted,
                acknowledged.cardinality(),
                failed,
                pending(),
                lost(),
                duplicated,
                firstFailure);
    }
}
