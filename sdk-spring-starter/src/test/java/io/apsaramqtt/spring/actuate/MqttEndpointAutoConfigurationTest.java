package io.apsaramqtt.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.autoconfigure.Runners;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class MqttEndpointAutoConfigurationTest {

    private static final String ID = "LTAI5tEndpointAbcdQx9";
    private static final String SECRET = "secret-of-the-endpoint";

    private static final ApplicationContextRunner HIDDEN = Runners.one()
            .withConfiguration(AutoConfigurations.of(MqttEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "apsara.mqtt.publish-topics=alarms/x",
                    "apsara.mqtt.credentials.access-key-id=" + ID,
                    "apsara.mqtt.credentials.access-key-secret=" + SECRET)
            .withBean(PermissionSource.class, () -> PermissionSource.fixed(Policy.system("AliyunMQSubOnlyAccess")));
    private static final ApplicationContextRunner RUNNER =
            HIDDEN.withPropertyValues("management.endpoints.web.exposure.include=apsaramqtt");

    @Test
    void tellsOfAClientBeforeItsPermissionsWereReadAndReadsNone() {
        HIDDEN.withPropertyValues("management.endpoints.web.exposure.include=*", "apsara.mqtt.permissions.startup=off")
                .run(context -> {
                    ClientReport report = Objects.requireNonNull(
                            context.getBean(ApsaraMqttEndpoint.class).client("default"));
                    assertThat(report.clientId()).isEqualTo("GID_demo@@@device-1");
                    assertThat(report.status()).isEqualTo("UNKNOWN");
                    assertThat(report.connection()).containsEntry("state", "DISCONNECTED");
                    assertThat(report.permissions()).isNull();
                    assertThat(report.declared()).isEmpty();
                });
    }

    @Test
    void tellsThePermissionsAndWhatTheySayOfWhatIsDeclared() {
        RUNNER.run(context -> {
            ApsaraMqttEndpoint endpoint = context.getBean(ApsaraMqttEndpoint.class);
            endpoint.explain("default", "publish", "alarms/x");
            ClientReport report = Objects.requireNonNull(endpoint.clients().get("default"));
            assertThat(Objects.requireNonNull(report.permissions()).freshness()).isEqualTo("FRESH");
            assertThat(report.permissions().form()).containsExactly("policies");
            assertThat(report.declared())
                    .containsExactly(new ClientReport.Declared(
                            "PUBLISH", "alarms/x", "IMPLICIT_DENY", null, "apsara.mqtt.publish-topics"));
        });
    }

    @ParameterizedTest
    @CsvSource({"publish, alarms/x, IMPLICIT_DENY, Not permitted", "subscribe, alarms/#, ALLOWED, Permitted"})
    void explains(String operation, String topic, String outcome, String firstWords) {
        RUNNER.run(context -> {
            ApsaraMqttEndpoint.Explained explained = Objects.requireNonNull(
                    context.getBean(ApsaraMqttEndpoint.class).explain("default", operation, topic));
            assertThat(explained.outcome()).isEqualTo(outcome);
            assertThat(explained.explanation()).hasSizeGreaterThan(2);
            assertThat(explained.explanation().get(0)).startsWith(firstWords + ": " + operation);
        });
    }

    @ParameterizedTest
    @CsvSource({"publish, a/#, wildcard", "receive, a, allowed are publish and subscribe"})
    void refusesAQuestionThatIsNone(String operation, String topic, String problem) {
        RUNNER.run(context -> assertThatThrownBy(
                        () -> context.getBean(ApsaraMqttEndpoint.class).explain("default", operation, topic))
                .isInstanceOf(InvalidEndpointRequestException.class)
                .hasMessageContaining(problem));
    }

    @Test
    void aClientThatDoesNotExistIsNotFound() {
        RUNNER.run(context -> {
            ApsaraMqttEndpoint endpoint = context.getBean(ApsaraMqttEndpoint.class);
            assertThat(endpoint.client("other")).isNull();
            assertThat(endpoint.explain("other", "publish", "a")).isNull();
            assertThatThrownBy(() -> endpoint.refresh("other")).hasMessageContaining("[default]");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refreshHasThePermissionsReadAnew(boolean all) {
        AtomicInteger reads = new AtomicInteger();
        PermissionSource source = PermissionSource.fixed(Policy.system("AliyunMQSubOnlyAccess"));
        Runners.one()
                .withConfiguration(AutoConfigurations.of(MqttEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=apsaramqtt")
                .withBean(PermissionSource.class, () -> () -> {
                    reads.incrementAndGet();
                    return source.load();
                })
                .run(context -> {
                    ApsaraMqttEndpoint endpoint = context.getBean(ApsaraMqttEndpoint.class);
                    endpoint.explain("default", "publish", "alarms/x");
                    int before = reads.get();
                    if (all) {
                        endpoint.refreshAll();
                    } else {
                        endpoint.refresh("default");
                    }
                    endpoint.explain("default", "publish", "alarms/x");
                    Awaitility.await().until(() -> reads.get() > before);
                });
    }

    @Test
    void showsNeitherTheSecretNorTheWholeAccessKeyId() {
        RUNNER.withPropertyValues("apsara.mqtt.permissions.startup=off").run(context -> {
            ApsaraMqttEndpoint endpoint = context.getBean(ApsaraMqttEndpoint.class);
            assertThatThrownBy(context.getBean(ApsaraMqttClient.class)::connect).isNotNull();
            String json = JsonMapper.shared().writeValueAsString(endpoint.explain("default", "publish", "alarms/x"))
                    + JsonMapper.shared().writeValueAsString(endpoint.clients());
            assertThat(json)
                    .contains("GID_demo@@@device-1")
                    .doesNotContain(SECRET)
                    .doesNotContain(ID);
        });
    }

    @Test
    void isServedBySpringBoot() {
        HIDDEN.withUserConfiguration(EverythingFound.class)
                .withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=apsaramqtt")
                .run(context -> {
                    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
                    ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=Apsaramqtt");
                    String text = String.class.getName();
                    assertThat(server.invoke(name, "clients", new Object[0], new String[0]))
                            .asString()
                            .contains("GID_demo@@@device-1");
                    assertThat(server.invoke(
                                    name, "explain", new Object[] {"default", "publish", "alarms/x"}, new String[] {
                                        text, text, text
                                    }))
                            .asString()
                            .contains("IMPLICIT_DENY");
                    server.invoke(name, "refresh", new Object[] {"default"}, new String[] {text});
                });
    }

    @Test
    void isThereOnlyWhereItIsExposed() {
        HIDDEN.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ApsaraMqttEndpoint.class));
    }

    @Test
    void backsOffFromOneOfTheApplication() {
        RUNNER.withBean("mine", ApsaraMqttEndpoint.class, () -> mine())
                .run(context ->
                        assertThat(context).getBean(ApsaraMqttEndpoint.class).isSameAs(context.getBean("mine")));
    }

    private static ApsaraMqttEndpoint mine() {
        return new ApsaraMqttEndpoint(
                new MqttClients(Map.of(), null), new ConnectionHistory(Clock.systemUTC()), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"management.endpoint.apsaramqtt.access=NONE", "apsara.mqtt.enabled=false"})
    void canBeSwitchedOff(String property) {
        RUNNER.withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ApsaraMqttEndpoint.class));
    }

    @Test
    void isNotMissedWithoutTheActuator() {
        RUNNER.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("apsaraMqttEndpoint"));
    }

    @EnableAutoConfiguration
    static final class EverythingFound {}
}
