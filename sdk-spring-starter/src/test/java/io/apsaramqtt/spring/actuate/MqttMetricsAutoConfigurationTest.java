package io.apsaramqtt.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.apsaramqtt.client.ClientStatistics;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttEvent;
import io.apsaramqtt.spring.autoconfigure.Runners;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class MqttMetricsAutoConfigurationTest {

    private static final ApplicationContextRunner RUNNER = Runners.one()
            .withConfiguration(AutoConfigurations.of(MqttMetricsAutoConfiguration.class))
            .withBean(PermissionSource.class, () -> PermissionSource.fixed(Policy.system("AliyunMQReadOnlyAccess")));

    private static MeterRegistry bound(ApplicationContext context) {
        MeterRegistry registry = new SimpleMeterRegistry();
        context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(registry));
        return registry;
    }

    private static void lose(ApplicationContext context, List<ProbableCause.Cause> causes) {
        ConnectionLostException loss = new ConnectionLostException("Connection lost", null, null);
        context.publishEvent(new MqttEvent.ConnectionLost(
                MqttClients.DEFAULT,
                causes.isEmpty() ? loss : loss.probablyFor(new ProbableCause(Optional.empty(), causes))));
    }

    @Test
    void isFoundBySpringBootAndBoundToItsRegistry() {
        Runners.one()
                .withUserConfiguration(EverythingFound.class)
                .run(context -> assertThat(context.getBean(MeterRegistry.class)
                                .get("apsara.mqtt.connected")
                                .tag("client", "default")
                                .gauge()
                                .value())
                        .isZero());
    }

    @Test
    void countsWhatTheClientCounts() {
        RUNNER.run(context -> {
            MeterRegistry registry = bound(context);
            assertThatThrownBy(context.getBean(MqttClients.class).get("default")::connect)
                    .isInstanceOf(ConnectFailedException.class);
            assertThat(registry.get("apsara.mqtt.connect.failures")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void countsVerdictsByOperationAndOutcome() {
        RUNNER.run(context -> {
            MeterRegistry registry = bound(context);
            assertThatThrownBy(() ->
                            context.getBean(MqttClients.class).get("default").publish("alarms/x", "hot"))
                    .isInstanceOf(PermissionDeniedException.class);
            assertThat(registry.get("apsara.mqtt.verdicts")
                            .tags("client", "default", "operation", "publish", "outcome", "implicit_deny")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("apsara.mqtt.verdicts").functionCounters().stream()
                            .mapToDouble(counter -> counter.count())
                            .sum())
                    .isEqualTo(1);
        });
    }

    @Test
    void countsLossesByTheLikeliestCause() {
        RUNNER.run(context -> {
            MeterRegistry registry = bound(context);
            lose(context, List.of(ProbableCause.Cause.TAKEN_OVER, ProbableCause.Cause.KEEP_ALIVE));
            lose(context, List.of());
            assertThat(registry.get("apsara.mqtt.disconnects")
                            .tags("client", "default", "cause", "taken_over")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("apsara.mqtt.disconnects")
                            .tags("cause", "unknown")
                            .counter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void tellsTheAgeOfThePermissionsAndDoesNotReadThem() {
        RUNNER.run(context -> {
            MeterRegistry registry = bound(context);
            assertThat(registry.get("apsara.mqtt.permissions.age").gauge().value())
                    .isNaN();
            context.getBean(MqttClients.class).get("default").permissions().explainPublish("alarms/x");
            assertThat(registry.get("apsara.mqtt.permissions.age").gauge().value())
                    .isBetween(0.0, 600.0);
        });
    }

    @Test
    void eachMeterHasItsClientAsATagAndNoTopicAndIsInTheTable() throws IOException {
        String table = Files.readString(Path.of("../docs/metrics.md"));
        RUNNER.run(context -> {
            MeterRegistry registry = bound(context);
            lose(context, List.of());
            assertThat(registry.getMeters()).hasSizeGreaterThan(20).allSatisfy(meter -> {
                assertThat(meter.getId().getTag("client")).isEqualTo("default");
                assertThat(meter.getId().getTags())
                        .extracting(Tag::getKey)
                        .isSubsetOf("client", "operation", "outcome", "cause");
                assertThat(meter.getId().getDescription()).isNotBlank();
                assertThat(table).contains("| `" + meter.getId().getName() + "` |");
            });
        });
    }

    @Test
    void severalClientsAreCountedOnTheirOwn() {
        RUNNER.withPropertyValues(
                        "apsara.mqtt.clients.alarms.device-id=one", "apsara.mqtt.clients.telemetry.device-id=two")
                .run(context -> {
                    MeterRegistry registry = bound(context);
                    assertThatThrownBy(() -> context.getBean(MqttClients.class)
                                    .get("alarms")
                                    .publish("alarms/x", "hot"))
                            .isInstanceOf(PermissionDeniedException.class);
                    assertThat(registry.get("apsara.mqtt.verdicts")
                                    .tags("client", "alarms", "operation", "publish", "outcome", "implicit_deny")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.get("apsara.mqtt.in.flight").gauges()).hasSize(2);
                });
    }

    @Test
    void eachCountIsThatOfItsName() {
        ClientStatistics counted = new ClientStatistics(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18);
        assertThat(ClientMeters.COUNTS)
                .extracting(ClientMeters.Count::name, count -> count.value().applyAsLong(counted))
                .containsExactlyInAnyOrder(
                        tuple("connects", 1L),
                        tuple("connect.failures", 3L),
                        tuple("accepted", 4L),
                        tuple("acknowledged", 5L),
                        tuple("refused", 6L),
                        tuple("mismatches", 7L),
                        tuple("quarantined", 8L),
                        tuple("received", 11L),
                        tuple("delivered", 12L),
                        tuple("dropped", 13L),
                        tuple("failed", 14L),
                        tuple("dead.lettered", 15L),
                        tuple("redeliveries.skipped", 17L),
                        tuple("slow", 18L));
    }

    @Test
    void whatIsPendingIsInFlightOrQueued() {
        ClientStatistics counted = new ClientStatistics(0, 0, 0, 0, 0, 0, 0, 0, 5, 2, 0, 0, 0, 0, 0, 7, 0, 0);
        assertThat(ClientMeters.LEVELS)
                .extracting(ClientMeters.Level::name, level -> level.value().applyAsInt(counted))
                .containsExactly(tuple("in.flight", 3), tuple("queued", 2), tuple("waiting", 7));
    }

    @Test
    void backsOffFromMetersOfTheApplication() {
        RUNNER.withBean("apsaraMqttClientMeters", MeterBinder.class, () -> registry -> {})
                .withBean("apsaraMqttLossMeter", MeterBinder.class, () -> registry -> {})
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ClientMeters.class)
                        .doesNotHaveBean(LossMeter.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"apsara.mqtt.metrics.enabled=false", "apsara.mqtt.enabled=false"})
    void canBeSwitchedOff(String property) {
        RUNNER.withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MeterBinder.class));
    }

    @Test
    void isNotMissedWithoutMicrometer() {
        RUNNER.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("apsaraMqttClientMeters"));
    }

    @EnableAutoConfiguration
    static final class EverythingFound {}
}
