package io.apsaramqtt.client.simulation;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Compares what was published with what the broker took. */
final class Delivery {

    private final SimulatedBroker broker;
    private final boolean exactlyOnce;

    /** A message, its number within its topic, and how it ended. */
    record Published(Message message, int number, CompletableFuture<Void> result) {}

    /** {@code exactlyOnce} where the broker has kept the session all the time. */
    Delivery(SimulatedBroker broker, boolean exactlyOnce) {
        this.broker = broker;
        this.exactlyOnce = exactlyOnce;
    }

    List<String> check(List<Published> published) {
        List<String> wrong = new ArrayList<>();
        for (Published each : published) {
            long taken = taken(each).stream()
                    .filter(number -> number == each.number())
                    .count();
            boolean succeeded = !each.result().isCompletedExceptionally();
            if (succeeded && taken == 0 && each.message().qos() != Qos.AT_MOST_ONCE) {
                wrong.add(each.message() + " number " + each.number() + " was acknowledged and never taken");
            }
            boolean once = each.message().qos() != Qos.AT_LEAST_ONCE;
            if (once && taken > 1 && (exactlyOnce || each.message().qos() == Qos.AT_MOST_ONCE)) {
                wrong.add(each.message() + " number " + each.number() + " was taken " + taken + " times");
            }
        }
        broker.taken.forEach((topic, numbers) -> {
            List<Integer> first = new ArrayList<>(new LinkedHashSet<>(numbers));
            if (!first.equals(first.stream().sorted().toList())) {
                wrong.add(topic + " was taken out of order: " + first);
            }
        });
        return wrong;
    }

    private List<Integer> taken(Published each) {
        return broker.taken.getOrDefault(each.message().topic().value(), List.of());
    }
}
