package io.apsaramqtt.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttEvent;
import io.apsaramqtt.spring.autoconfigure.Runners;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MqttHealthAutoConfigurationTest {

    private static final ApplicationContextRunner RUNNER = with(Runners.one(), MqttHealthAutoConfiguration.class);

    private static ApplicationContextRunner with(ApplicationContextRunner runner, Class<?> configuration) {
        return runner.withConfiguration(AutoConfigurations.of(configuration));
    }

    @Test
    void isFoundBySpringBootAndAskedByItsEndpoint() {
        Runners.one().withUserConfiguration(EverythingFound.class).run(context -> {
            assertThat(Healths.statusAt(context, "apsaraMqtt")).isEqualTo("UNKNOWN");
            context.publishEvent(new MqttEvent.GaveUp(MqttClients.DEFAULT, loss()));
            assertThat(Healths.statusAt(context, "apsaraMqtt")).isEqualTo("DOWN");
        });
    }

    @Test
    void canBePartOfTheReadiness() {
        Runners.one()
                .withUserConfiguration(EverythingFound.class)
                .withPropertyValues("management.endpoint.health.group.readiness.include=apsaraMqtt")
                .run(context -> {
                    context.publishEvent(new MqttEvent.GaveUp(MqttClients.DEFAULT, loss()));
                    assertThat(Healths.statusAt(context, "readiness")).isEqualTo("DOWN");
                });
    }

    @Test
    void aClientThatNobodyConnectedIsUnknown() {
        RUNNER.run(context -> {
            ClientHealth health = Healths.ofOnly(context);
            assertThat(health.status()).isEqualTo("UNKNOWN");
            assertThat(health.details())
                    .containsEntry("state", "DISCONNECTED")
                    .containsKey("endpoint")
                    .hasSize(2);
        });
    }

    @Test
    void aClientThatFailedToConnectIsDown() {
        RUNNER.run(context -> {
            ApsaraMqttClient client = context.getBean(ApsaraMqttClient.class);
            assertThatThrownBy(client::connect).isInstanceOf(ConnectFailedException.class);
            assertThat(Healths.ofOnly(context).status()).isEqualTo("DOWN");
        });
    }

    @Test
    void aClosedClientIsOutOfService() {
        RUNNER.run(context -> {
            context.getBean(ApsaraMqttClient.class).close();
            assertThat(Healths.ofOnly(context).status()).isEqualTo("OUT_OF_SERVICE");
        });
    }

    @Test
    void tellsTheLastFailureWhatItWasProbablyForAndWhen() {
        RUNNER.run(context -> {
            context.publishEvent(new MqttEvent.ConnectionLost(MqttClients.DEFAULT, loss()));
            context.publishEvent(new MqttEvent.Connected(MqttClients.DEFAULT));
            assertThat(Healths.ofOnly(context).details())
                    .containsKeys("since", "lastFailureAt")
                    .containsEntry("lastFailure", loss().getMessage())
                    .containsEntry("probableCauses", List.of("NOT_PERMITTED", "TOPIC_NOT_CREATED"));
        });
    }

    @Test
    void tellsWhyAnAttemptToConnectAgainFailed() {
        RUNNER.run(context -> {
            ConnectFailedException failure = new ConnectFailedException(
                    context.getBean(ApsaraMqttClient.class).endpoint(),
                    ConnectFailedException.Reason.TIMEOUT,
                    null,
                    "failed again",
                    null);
            context.publishEvent(new MqttEvent.ReconnectFailed(MqttClients.DEFAULT, failure));
            assertThat(Healths.ofOnly(context).details())
                    .containsEntry("lastFailure", failure.getMessage())
                    .containsKey("lastFailureAt")
                    .doesNotContainKey("probableCauses");
        });
    }

    @Test
    void whoIsConnectedAfterGivingUpHasNotGivenUp() {
        RUNNER.run(context -> {
            context.publishEvent(new MqttEvent.GaveUp(MqttClients.DEFAULT, loss()));
            assertThat(Healths.ofOnly(context).status()).isEqualTo("DOWN");
            context.publishEvent(new MqttEvent.Connected(MqttClients.DEFAULT));
            assertThat(Healths.ofOnly(context).status()).isEqualTo("UNKNOWN");
        });
    }

    @Test
    void whoMayNotSeeDetailsIsToldNone() {
        RUNNER.run(context -> {
            ClientHealth health = Healths.ofOnlyWithoutDetails(context);
            assertThat(health.status()).isEqualTo("UNKNOWN");
            assertThat(health.details()).isEmpty();
        });
    }

    @Test
    void severalClientsHaveAHealthEach() {
        RUNNER.withPropertyValues(
                        "apsara.mqtt.clients.alarms.device-id=one", "apsara.mqtt.clients.telemetry.device-id=two")
                .run(context -> {
                    context.publishEvent(new MqttEvent.GaveUp("alarms", loss()));
                    assertThat(Healths.of(context, "alarms").status()).isEqualTo("DOWN");
                    assertThat(Healths.of(context, "telemetry").status()).isEqualTo("UNKNOWN");
                });
    }

    @Test
    void backsOffFromABeanOfItsName() {
        RUNNER.withBean(HealthRegistrar.CONTRIBUTOR, Object.class, Object::new)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthFactory.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.health.apsaramqtt.enabled=false",
                "management.health.defaults.enabled=false",
                "apsara.mqtt.enabled=false"
            })
    void canBeSwitchedOff(String property) {
        RUNNER.withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthRegistrar.CONTRIBUTOR));
    }

    @Test
    void isNotMissedWhereSpringBootKnowsNoHealth() {
        RUNNER.withClassLoader(new FilteredClassLoader(HealthTypes.HOMES.toArray(String[]::new)))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthRegistrar.CONTRIBUTOR));
    }

    private static ConnectionLostException loss() {
        return new ConnectionLostException("Connection lost", null, null)
                .probablyFor(new ProbableCause(
                        Optional.empty(),
                        List.of(ProbableCause.Cause.NOT_PERMITTED, ProbableCause.Cause.TOPIC_NOT_CREATED)));
    }

    @EnableAutoConfiguration
    static final class EverythingFound {}
}
