package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ch.qos.logback.classic.Level;
import io.apsaramqtt.authentication.TokenProvider;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.permission.source.PermissionSourceException;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.permission.CheckedOperation;
import io.apsaramqtt.spring.permission.DeclaredOperations;
import io.apsaramqtt.spring.permission.DeniedAtStartException;
import io.apsaramqtt.spring.permission.PublishesTo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StartupCheckTest {

    private static final String ALLOWS_ALARMS = """
            {"Version":"1","Statement":[
              {"Effect":"Allow","Action":["mq:PUB","mq:SUB"],"Resource":"acs:mq:*:*:topic/post-cn-x/alarms"},
              {"Effect":"Allow","Action":"mq:SUB","Resource":"acs:mq:*:*:groupId/post-cn-x/GID_demo"}]}
            """;

    private final ApplicationContextRunner granted =
            Runners.one().withBean(Siren.class).withPropertyValues(Runners.policyFile("alarms", ALLOWS_ALARMS));

    private final ApplicationContextRunner denied =
            granted.withPropertyValues("apsara.mqtt.publish-topics=billing/invoice,alarms/all");

    @Test
    void logsOneTableForAClientWithWhoDecided() {
        try (LogLines lines = new LogLines(StartupCheck.class)) {
            denied.withPropertyValues("apsara.mqtt.permissions.startup=warn").run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(lines.at(Level.INFO).stream().flatMap(String::lines))
                        .containsExactly(
                                "Permissions of client [default] for what this application declares:",
                                "  operation  topic            outcome        policy",
                                "  subscribe  alarms/+/raised  allowed        policy \"alarms\", statement 1 and policy"
                                        + " \"alarms\", statement 2",
                                "  publish    alarms/siren     allowed        policy \"alarms\", statement 1",
                                "  publish    billing/invoice  implicit deny  -",
                                "  publish    alarms/all       allowed        policy \"alarms\", statement 1");
            });
        }
    }

    @Test
    void byDefaultWarnsOfADenialWithThePolicyToPasteAndStarts() {
        try (LogLines lines = new LogLines(StartupCheck.class)) {
            denied.run(context -> assertThat(context).hasNotFailed());
            assertThat(lines.at(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("Not permitted: publish to 'billing/invoice'")
                    .contains("declared   by apsara.mqtt.publish-topics, for client [default]")
                    .doesNotContain("Permitted: ")
                    .contains("This policy allows client [default] all that this application declares")
                    .contains(
                            "\"acs:mq:*:*:topic/post-cn-x/billing\"",
                            "\"acs:mq:*:*:topic/post-cn-x/alarms\"",
                            "\"acs:mq:*:*:groupId/post-cn-x/GID_demo\"");
        }
    }

    @Test
    void warnsOfNothingWhereAllIsAllowed() {
        try (LogLines lines = new LogLines(StartupCheck.class)) {
            granted.run(context -> assertThat(context).hasNotFailed());
            assertThat(lines.at(Level.INFO)).hasSize(1);
            assertThat(lines.at(Level.WARN)).isEmpty();
        }
    }

    @Test
    void failsTheStartOverACertainDenialIfToldSo() {
        denied.withPropertyValues("apsara.mqtt.permissions.startup=fail").run(context -> {
            DeniedAtStartException failure = failure(context);
            assertThat(failure)
                    .hasMessageContaining("publish to 'billing/invoice' (client [default], apsara.mqtt.publish-topics")
                    .hasMessageContaining("apsara.mqtt.permissions.startup");
            assertThat(failure.denied())
                    .singleElement()
                    .satisfies(row -> assertThat(row.outcome()).isEqualTo(Outcome.IMPLICIT_DENY))
                    .extracting(CheckedOperation::client, CheckedOperation::operation, CheckedOperation::topic)
                    .containsExactly("default", Operation.PUBLISH, "billing/invoice");
            assertThat(failure.policies()).containsOnlyKeys("default");
        });
    }

    @Test
    void thePolicyThatItPrintsAllowsAllThatIsDeclared() {
        denied.withPropertyValues("apsara.mqtt.permissions.startup=fail").run(context -> {
            String policy = Objects.requireNonNull(failure(context).policies().get("default"));
            Runners.one()
                    .withBean(Siren.class)
                    .withPropertyValues(
                            Runners.policyFile("pasted", policy),
                            "apsara.mqtt.publish-topics=billing/invoice,alarms/all",
                            "apsara.mqtt.permissions.startup=fail")
                    .run(mended -> assertThat(mended).hasNotFailed());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "false"})
    void asksAndSaysNothingWhereItIsOff(String off) {
        try (LogLines lines = new LogLines(StartupCheck.class)) {
            denied.withPropertyValues("apsara.mqtt.permissions.startup=" + off).run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBean(ApsaraMqttClient.class).permissions().known())
                        .isEmpty();
            });
            assertThat(lines.all()).isEmpty();
        }
    }

    @Test
    void withoutPermissionsAllIsUnknownAndItStarts() {
        try (LogLines lines = new LogLines(StartupCheck.class)) {
            Runners.one()
                    .withBean(Siren.class)
                    .withPropertyValues("apsara.mqtt.permissions.startup=fail")
                    .run(context -> assertThat(context).hasNotFailed());
            assertThat(lines.at(Level.INFO).stream().flatMap(String::lines))
                    .contains("  publish    alarms/siren     unknown  -");
        }
    }

    @Test
    void permissionsThatCannotBeReadAreAskedForOnce() {
        AtomicInteger loads = new AtomicInteger();
        Runners.one()
                .withBean(Siren.class)
                .withBean(PermissionSource.class, () -> () -> {
                    loads.incrementAndGet();
                    throw new PermissionSourceException("vault", "is sealed", null);
                })
                .run(context -> {
                    assertThat(context.getBean(DeclaredOperations.class).check())
                            .hasSize(2)
                            .allSatisfy(row -> {
                                assertThat(row.outcome()).isEqualTo(Outcome.UNKNOWN);
                                assertThat(row.policy()).isEmpty();
                                assertThat(row.explanation()).contains("cannot be read", "is sealed");
                            });
                    assertThat(loads).hasValue(1);
                });
    }

    @Test
    void aPolicyFileThatCannotBeReadStopsNoStart() {
        Runners.one()
                .withBean(Siren.class)
                .withPropertyValues(Runners.policyFile("broken", "no policy"), "apsara.mqtt.permissions.startup=fail")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(DeclaredOperations.class).check())
                            .extracting(CheckedOperation::outcome)
                            .containsOnly(Outcome.UNKNOWN);
                });
    }

    @ParameterizedTest
    @MethodSource("thoseWhoAreNotAsked")
    void aClientThatIsNotToConnectHasNobodyAskedForItsPermissions(UnaryOperator<ApplicationContextRunner> with) {
        try (LogLines lines = new LogLines(StartupCheck.class)) {
            with.apply(Runners.one().withBean(Siren.class).withPropertyValues("apsara.mqtt.permissions.startup=fail"))
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(context.getBean(ApsaraMqttClient.class)
                                        .permissions()
                                        .known())
                                .isEmpty();
                    });
            assertThat(lines.all().stream().flatMap(String::lines))
                    .containsExactly(
                            "Permissions of client [default] for what this application declares:",
                            "  operation  topic            outcome  policy",
                            "  subscribe  alarms/+/raised  unknown  -",
                            "  publish    alarms/siren     unknown  -",
                            "  The permissions were not asked for: apsara.mqtt.connect-on-start is 'off', and then only a"
                                    + " policy file is read. Each operation is checked when it is done.");
        }
    }

    private static Stream<UnaryOperator<ApplicationContextRunner>> thoseWhoAreNotAsked() {
        PermissionSource never = () -> {
            throw new AssertionError("asked");
        };
        TokenProvider noTokens = clientId -> {
            throw new AssertionError("asked");
        };
        return Stream.of(
                runner -> runner,
                runner -> runner.withPropertyValues("apsara.mqtt.permissions.url=http://127.0.0.1:" + Ports.CLOSED),
                runner -> runner.withPropertyValues("apsara.mqtt.permissions.ram.enabled=true"),
                runner -> runner.withBean(PermissionSource.class, () -> never),
                runner -> runner.withBean(PermissionSource.class, () -> never)
                        .withPropertyValues(Runners.policyFile("unused", ALLOWS_ALARMS)),
                runner -> runner.withBean(TokenProvider.class, () -> noTokens));
    }

    @Test
    void whatWasReadBeforeIsAskedWhateverTheSource() {
        Runners.one()
                .withBean(Siren.class)
                .withBean(PermissionSource.class, () -> PermissionSource.fixed(Policy.parse("alarms", ALLOWS_ALARMS)))
                .withBean(EarlyQuestion.class)
                .withPropertyValues(
                        "apsara.mqtt.publish-topics=billing/invoice", "apsara.mqtt.permissions.startup=fail")
                .run(context -> assertThat(failure(context).denied())
                        .extracting(CheckedOperation::topic)
                        .containsExactly("billing/invoice"));
    }

    static class EarlyQuestion {

        EarlyQuestion(ApsaraMqttClient client) {
            client.permissions().explainPublish("alarms/x");
        }
    }

    @Test
    void eachNamedClientHasItsOwn() {
        ApplicationContextRunner two = granted.withPropertyValues(
                "apsara.mqtt.clients.one.device-id=one",
                "apsara.mqtt.clients.one.publish-topics=billing/one",
                "apsara.mqtt.clients.default.device-id=two",
                "apsara.mqtt.clients.default.publish-topics=billing/two",
                "apsara.mqtt.clients.default.permissions.startup=fail");
        two.run(context -> assertThat(failure(context).denied())
                .extracting(CheckedOperation::topic)
                .containsExactly("billing/two"));
    }

    @Test
    void aTopicThatIsNoneIsAMistakeOfItsProperty() {
        granted.withPropertyValues("apsara.mqtt.publish-topics=alarms/#")
                .run(context -> assertThat(context)
                        .getFailure()
                        .cause()
                        .hasMessageContaining("Property [apsara.mqtt.publish-topics] is missing or refused"));
    }

    @Test
    void anotherDeclarationTakesItsPlace() {
        DeclaredOperations own = Mockito.mock(DeclaredOperations.class);
        Mockito.when(own.check("default")).thenReturn(List.of());
        granted.withBean(DeclaredOperations.class, () -> own).run(context -> {
            assertThat(context).getBean(DeclaredOperations.class).isSameAs(own);
            Mockito.verify(own).check("default");
        });
    }

    @Test
    void backsOffFromABeanOfItsName() {
        denied.withBean("mqttStartupCheck", Object.class, Object::new)
                .withPropertyValues("apsara.mqtt.permissions.startup=fail")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(StartupCheck.class));
    }

    private static DeniedAtStartException failure(AssertableApplicationContext context) {
        return assertThat(context)
                .getFailure()
                .cause()
                .asInstanceOf(type(DeniedAtStartException.class))
                .actual();
    }

    @PublishesTo("alarms/siren")
    static class Siren {

        @MqttListener(topics = "alarms/{id}/raised")
        void onRaised(Map<String, Object> ignored) {}
    }
}
