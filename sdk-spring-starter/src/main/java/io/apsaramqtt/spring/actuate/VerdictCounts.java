package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.spring.listener.MqttInstrumentation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the verdicts of each client; a count allocates nothing. Thread-safe. */
final class VerdictCounts implements MqttInstrumentation {

    private final Map<String, Counts> clients = new ConcurrentHashMap<>();

    /** Those of one client, by operation and outcome. Thread-safe. */
    private static final class Counts implements VerdictListener {

        private final Map<Operation, Map<Outcome, LongAdder>> counts = new EnumMap<>(Operation.class);

        Counts() {
            for (Operation operation : Operation.values()) {
                Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
                for (Outcome outcome : Outcome.values()) {
                    outcomes.put(outcome, new LongAdder());
                }
                counts.put(operation, outcomes);
            }
        }

        LongAdder of(Operation operation, Outcome outcome) {
            return Objects.requireNonNull(
                    Objects.requireNonNull(counts.get(operation)).get(outcome));
        }

        @Override
        public void checked(Operation operation, String topic, Verdict verdict) {
            of(operation, verdict.outcome()).increment();
        }
    }

    private Counts counts(String client) {
        return clients.computeIfAbsent(client, name -> new Counts());
    }

    @Override
    public VerdictListener checking(String client) {
        return counts(client);
    }

    long of(String client, Operation operation, Outcome outcome) {
        return counts(client).of(operation, outcome).sum();
    }
}
