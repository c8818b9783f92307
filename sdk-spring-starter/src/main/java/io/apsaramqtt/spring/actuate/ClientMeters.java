package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ClientStatistics;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.spring.MqttClients;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** What the clients count, as meters with its name as a tag. Immutable. */
record ClientMeters(MqttClients clients, VerdictCounts verdicts, Clock clock) implements MeterBinder {

    static final String PREFIX = "apsara.mqtt.";

    /** One of the counts that a client keeps. Immutable. */
    record Count(String name, String unit, String description, ToLongFunction<ClientStatistics> value) {}

    /** How many messages are somewhere at the moment. Immutable. */
    record Level(String name, String description, ToIntFunction<ClientStatistics> value) {}

    static final List<Level> LEVELS = List.of(
            new Level(
                    "in.flight",
                    "Messages that the broker was sent and has not acknowledged",
                    counted -> counted.pending() - counted.queued()),
            new Level("queued", "Messages that wait to be sent, or to be sent again", ClientStatistics::queued),
            new Level(
                    "waiting",
                    "Received messages that wait for listeners or are with them",
                    ClientStatistics::waiting));

    static final List<Count> COUNTS = List.of(
            new Count("connects", "connections", "Connections made", ClientStatistics::connects),
            new Count(
                    "connect.failures",
                    "attempts",
                    "Attempts to connect that failed",
                    ClientStatistics::failedAttempts),
            new Count("accepted", "messages", "Messages taken from publishers", ClientStatistics::accepted),
            new Count(
                    "acknowledged",
                    "messages",
                    "Messages acknowledged by the broker (QoS 0: written)",
                    ClientStatistics::acknowledged),
            new Count(
                    "refused",
                    "operations",
                    "Operations that the broker refused with a code",
                    ClientStatistics::refused),
            new Count(
                    "mismatches",
                    "operations",
                    "Operations that the broker did not take though the local check allows them",
                    ClientStatistics::mismatches),
            new Count("quarantined", "topics", "Topics put into quarantine", ClientStatistics::quarantined),
            new Count(
                    "received",
                    "messages",
                    "Messages from the broker, redeliveries included",
                    ClientStatistics::received),
            new Count("delivered", "messages", "Messages that a listener took", ClientStatistics::delivered),
            new Count("dropped", "messages", "Received messages that no listener was given", ClientStatistics::dropped),
            new Count(
                    "failed",
                    "messages",
                    "Messages that a listener failed on for the last time",
                    ClientStatistics::failed),
            new Count(
                    "dead.lettered",
                    "messages",
                    "Failed messages that a dead letter took",
                    ClientStatistics::deadLettered),
            new Count(
                    "redeliveries.skipped",
                    "messages",
                    "Redeliveries whose first copy was still in work",
                    ClientStatistics::redeliveriesSkipped),
            new Count("slow", "messages", "Messages not acknowledged within 3 s", ClientStatistics::slow));

    @Override
    public void bindTo(MeterRegistry registry) {
        clients.all().forEach((name, client) -> {
            COUNTS.forEach(count -> bind(count, name, client, registry));
            bindVerdicts(name, registry);
            Gauge.builder(PREFIX + "connected", client, each -> each.isConnected() ? 1 : 0)
                    .description("Whether the client is connected: 1 or 0")
                    .tag("client", name)
                    .register(registry);
            LEVELS.forEach(level -> bind(level, name, client, registry));
            TimeGauge.builder(PREFIX + "permissions.age", client, TimeUnit.MILLISECONDS, this::permissionsAge)
                    .description("Time since the permissions were read; NaN if they never were")
                    .tag("client", name)
                    .register(registry);
        });
    }

    private static void bind(Level level, String name, ApsaraMqttClient client, MeterRegistry registry) {
        Gauge.builder(PREFIX + level.name(), client, each -> level.value().applyAsInt(each.statistics()))
                .description(level.description())
                .baseUnit("messages")
                .tag("client", name)
                .register(registry);
    }

    private static void bind(Count count, String name, ApsaraMqttClient client, MeterRegistry registry) {
        FunctionCounter.builder(
                        PREFIX + count.name(), client, each -> count.value().applyAsLong(each.statistics()))
                .description(count.description())
                .baseUnit(count.unit())
                .tag("client", name)
                .register(registry);
    }

    private void bindVerdicts(String client, MeterRegistry registry) {
        for (Operation operation : Operation.values()) {
            for (Outcome outcome : Outcome.values()) {
                FunctionCounter.builder(PREFIX + "verdicts", verdicts, all -> all.of(client, operation, outcome))
                        .description("Operations checked against the local copy of the permissions")
                        .baseUnit("operations")
                        .tag("client", client)
                        .tag("operation", word(operation))
                        .tag("outcome", word(outcome))
                        .register(registry);
            }
        }
    }

    private double permissionsAge(ApsaraMqttClient client) {
        return client.permissions()
                .known()
                .map(EffectivePermissions::readAt)
                .map(readAt ->
                        (double) Duration.between(readAt, clock.instant()).toMillis())
                .orElse(Double.NaN);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
