package io.apsaramqtt.client.simulation;

import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.client.delivery.QuarantinedException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Compares what was published with what the broker took. */
final class Delivery {

    private final SimulatedBroker broker;

    /** A message, its number within its topic, and how it ended. */
    record Published(Message message, int number, CompletableFuture<Void> result) {

        String topic() {
            return message.topic().value();
        }

        /** How it failed, null if it did not. */
        @Nullable
        Throwable failure() {
            return result.isCompletedExceptionally()
                    ? result.handle((done, failure) -> failure).join()
                    : null;
        }

        @Override
        public String toString() {
            return message + " number " + number;
        }
    }

    Delivery(SimulatedBroker broker) {
        this.broker = broker;
    }

    List<String> check(List<Published> published) {
        List<String> wrong = new ArrayList<>();
        for (Published each : published) {
            long taken = taken(each).stream()
                    .filter(number -> number == each.number())
                    .count();
            Throwable failure = each.failure();
            if (failure == null && taken == 0 && each.message().qos() != Qos.AT_MOST_ONCE) {
                wrong.add(each + " was acknowledged and never taken");
            }
            if (failure instanceof NotConnectedException && taken > 0) {
                wrong.add(each + " was taken, though nothing was sent: " + failure);
            }
            if (each.message().qos() != Qos.AT_LEAST_ONCE && taken > 1) {
                wrong.add(each + " was taken " + taken + " times");
            }
        }
        broker.taken.forEach((topic, numbers) -> {
            if (!isInOrder(numbers)) {
                wrong.add(topic + " was taken out of order: " + numbers);
            }
        });
        return wrong;
    }

    /** Whether each number came the first time after those before it. */
    static boolean isInOrder(List<Integer> numbers) {
        List<Integer> first = new ArrayList<>(new LinkedHashSet<>(numbers));
        return first.equals(first.stream().sorted().toList());
    }

    /**
     * On a good network only a poisoned topic is put into quarantine. To find one costs {@code few} connections, which is so
     * short that no other message fails meanwhile; {@code kept} where a lost connection does not end what is of QoS 2.
     */
    List<String> checkHealthy(List<Published> published, boolean kept, int few) {
        List<String> wrong = new ArrayList<>();
        for (Published each : published) {
            Throwable failure = each.failure();
            boolean again = each.message().qos() == Qos.AT_LEAST_ONCE
                    || (kept && each.message().qos() == Qos.EXACTLY_ONCE);
            boolean late = (again || failure instanceof OperationTimeoutException) && broker.losses <= few;
            if (failure != null
                    && !broker.isPoisoned(each.topic())
                    && (late || failure instanceof QuarantinedException)) {
                wrong.add(each + " failed for another topic's sake, after " + broker.losses + " losses over "
                        + broker.poisoned + ": " + failure);
            }
        }
        return wrong;
    }

    private List<Integer> taken(Published each) {
        return broker.taken.getOrDefault(each.topic(), List.of());
    }
}
