package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.spring.ApsaraMqttClientCustomizer;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.spring.listener.InvalidMqttListenerException;
import io.apsaramqtt.spring.listener.MqttListenerContainer;
import io.apsaramqtt.spring.listener.MqttListenerRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class NamedClientsTest {

    private static final String BROKER = "tcp://127.0.0.1:" + Ports.CLOSED;

    private static final ApplicationContextRunner TWO = Runners.bare()
            .withPropertyValues(
                    "apsara.mqtt.connect-on-start=off",
                    "apsara.mqtt.endpoint=" + BROKER,
                    "apsara.mqtt.group-id=GID_demo",
                    "apsara.mqtt.keep-alive=30s",
                    "apsara.mqtt.clients.alarms.instance-id=post-cn-a",
                    "apsara.mqtt.clients.alarms.device-id=alarms-1",
                    "apsara.mqtt.clients.telemetry.instance-id=post-cn-t",
                    "apsara.mqtt.clients.telemetry.device-id=telemetry-1",
                    "apsara.mqtt.clients.telemetry.endpoint=tcp://127.0.0.1:2,tcp://127.0.0.1:3",
                    "apsara.mqtt.clients.telemetry.template.default-qos=at-most-once",
                    "apsara.mqtt.clients.telemetry.template.default-topic=telemetry/x",
                    "apsara.mqtt.clients.telemetry.listener.auto-startup=false");

    @Configuration(proxyBeanMethods = false)
    static class Injected {

        @Bean
        List<Object> injected(
                @Qualifier("alarms") ApsaraMqttClient alarms,
                @Qualifier("telemetry") ApsaraMqttClient telemetry,
                @Qualifier("telemetry") MqttTemplate template) {
            return List.of(alarms, telemetry, template);
        }
    }

    @Test
    void eachNameHasAClientATemplateAndALifecycleQualifiedByIt() {
        TWO.withUserConfiguration(Injected.class).run(context -> {
            MqttClients clients = context.getBean(MqttClients.class);
            assertThat(clients.all()).containsOnlyKeys("alarms", "telemetry");
            assertThat(clients.primary()).isEmpty();
            assertThat(context.getBean("injected"))
                    .isEqualTo(List.of(
                            clients.get("alarms"), clients.get("telemetry"), context.getBean("telemetryMqttTemplate")));
            assertThat(context.getBeansOfType(ClientLifecycle.class))
                    .containsOnlyKeys("alarmsMqttClientLifecycle", "telemetryMqttClientLifecycle");
            assertThat(context).doesNotHaveBean("apsaraMqttClient").doesNotHaveBean("mqttTemplate");
        });
    }

    @Test
    void aNameMayHaveCapitals() {
        TWO.withPropertyValues("apsara.mqtt.clients.nightShift.instance-id=post-cn-n")
                .withPropertyValues("apsara.mqtt.clients.nightShift.device-id=night-1")
                .run(context -> assertThat(context.getBean(MqttClients.class)
                                .get("nightShift")
                                .clientId())
                        .hasToString("GID_demo@@@night-1"));
    }

    @Test
    void theListenersOfAClientOfTheApplicationGoByThePropertiesOutside() {
        Runners.bare()
                .withPropertyValues("apsara.mqtt.connect-on-start=off", "apsara.mqtt.listener.auto-startup=false")
                .withBean(
                        "ownClient",
                        ApsaraMqttClient.class,
                        () -> ApsaraMqttClient.builder()
                                .endpoint(BROKER)
                                .instanceId("post-cn-x")
                                .clientId("GID_demo", "own")
                                .build())
                .withBean(OwnListener.class)
                .run(context -> assertThat(
                                context.getBean(MqttListenerRegistry.class).containers())
                        .singleElement()
                        .satisfies(container -> {
                            assertThat(container.client()).isEqualTo("ownClient");
                            assertThat(container.isAutoStartup()).isFalse();
                        }));
    }

    static class OwnListener {

        @MqttListener(topics = "a/b")
        void on(String ignored) {}
    }

    @Test
    void whatAClientDoesNotSayItTakesFromOutside() {
        TWO.run(context -> {
            ApsaraMqttClient alarms = context.getBean(MqttClients.class).get("alarms");
            ApsaraMqttClient telemetry = context.getBean(MqttClients.class).get("telemetry");
            assertThat(alarms.clientId()).hasToString("GID_demo@@@alarms-1");
            assertThat(alarms.endpoint()).hasToString(BROKER);
            assertThat(telemetry.clientId()).hasToString("GID_demo@@@telemetry-1");
            assertThat(telemetry.endpoint()).hasToString("tcp://127.0.0.1:2");
            assertThat(context.getBean(ClientFactory.class)
                            .properties("telemetry")
                            .keepAlive())
                    .hasSeconds(30);
        });
    }

    @Test
    void whatHoldsForEachClientIsKnownBeforeThereAreBeans() {
        TWO.run(context -> assertThat(ApsaraMqttProperties.byClient(context.getEnvironment()))
                .containsOnlyKeys("alarms", "telemetry")
                .extractingByKey("alarms")
                .extracting(
                        ApsaraMqttProperties::instanceId, ApsaraMqttProperties::groupId, ApsaraMqttProperties::deviceId)
                .containsExactly("post-cn-a", "GID_demo", "alarms-1"));
        Runners.one()
                .run(context -> assertThat(ApsaraMqttProperties.byClient(context.getEnvironment()))
                        .containsOnlyKeys("default"));
    }

    @Test
    void aTemplateHasTheDefaultsOfItsClient() {
        TWO.run(context -> {
            MqttTemplate telemetry = context.getBean("telemetryMqttTemplate", MqttTemplate.class);
            assertThat(telemetry.message("x").build().qos()).isEqualTo(Qos.AT_MOST_ONCE);
            assertThat(telemetry.message("x").build().topic()).hasToString("telemetry/x");
            MqttTemplate alarms = context.getBean("alarmsMqttTemplate", MqttTemplate.class);
            assertThat(alarms.message("x").topic("a").build().qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        });
    }

    @Test
    void theOneCalledDefaultIsMeantWhereNoneIsNamed() {
        TWO.withPropertyValues(
                        "apsara.mqtt.clients.default.instance-id=post-cn-d",
                        "apsara.mqtt.clients.default.device-id=default-1")
                .run(context -> {
                    assertThat(context.getBean(MqttClients.class).primary()).contains("default");
                    assertThat(context.getBean(ApsaraMqttClient.class).clientId())
                            .hasToString("GID_demo@@@default-1");
                    assertThat(context.getBean(MqttTemplate.class)).isSameAs(context.getBean("defaultMqttTemplate"));
                });
    }

    @Test
    void twoOfOneClientIdOnOneBrokerEndTheStart() {
        TWO.withPropertyValues(
                        "apsara.mqtt.clients.telemetry.device-id=alarms-1",
                        "apsara.mqtt.clients.telemetry.endpoint=" + BROKER)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MqttPropertyException.class)
                        .hasMessageContaining("apsara.mqtt.clients.")
                        .hasMessageContaining("makes the client ID [GID_demo@@@alarms-1]"));
    }

    static final class NoClient {
        @MqttListener(topics = "a")
        void on(String text) {}
    }

    static final class Telemetry {
        @MqttListener(topics = "a", client = "telemetry")
        void on(String text) {}
    }

    @Test
    void aListenerSaysOfWhichClientAndHasItsSettings() {
        TWO.withBean("bean", Object.class, Telemetry::new).run(context -> {
            MqttListenerContainer container =
                    context.getBean(MqttListenerRegistry.class).containers().get(0);
            assertThat(container.client()).isEqualTo("telemetry");
            assertThat(container.isAutoStartup()).isFalse();
        });
        TWO.withBean("bean", Object.class, NoClient::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidMqttListenerException.class)
                        .hasMessageContaining("does not say of which client: there are [alarms, telemetry]"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Keys {

        private static CredentialsProvider key(String id) {
            return CredentialsProvider.of(AccessKey.of(id, "secret"));
        }

        @Bean
        @Qualifier("alarms")
        CredentialsProvider forAlarms() {
            return key("LTAI5tAlarms");
        }

        @Bean
        CredentialsProvider forAll() {
            return key("LTAI5tAll");
        }
    }

    @Test
    void aBeanWithTheNameOfAClientIsForThatOneAndAnyOtherForAll() {
        TWO.withUserConfiguration(Keys.class).run(context -> {
            ClientBeans beans = new ClientBeans(
                    (ListableBeanFactory) context.getAutowireCapableBeanFactory(), List.of("alarms", "telemetry"));
            assertThat(beans.one(CredentialsProvider.class, "alarms")
                            .orElseThrow()
                            .resolve()
                            .id())
                    .isEqualTo("LTAI5tAlarms");
            assertThat(beans.one(CredentialsProvider.class, "telemetry")
                            .orElseThrow()
                            .resolve()
                            .id())
                    .isEqualTo("LTAI5tAll");
            assertThat(beans.all(CredentialsProvider.class, "telemetry")).hasSize(1);
            assertThat(beans.all(CredentialsProvider.class, "alarms")).hasSize(2);
        });
    }

    @Test
    void ofSeveralBeansForAllThePrimaryOneIsTakenAndWithoutOneNoneIsGuessed() {
        ApplicationContextRunner two = TWO.withBean("first", CredentialsProvider.class, () -> Keys.key("LTAI5tFirst"));
        two.withBean("second", CredentialsProvider.class, () -> Keys.key("LTAI5tSecond"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(NoUniqueBeanDefinitionException.class)
                        .hasMessageContaining("first,second"));
        two.withBean(
                        "second",
                        CredentialsProvider.class,
                        () -> Keys.key("LTAI5tSecond"),
                        definition -> definition.setPrimary(true))
                .run(context -> assertThat(new ClientBeans(
                                        (ListableBeanFactory) context.getAutowireCapableBeanFactory(),
                                        List.of("alarms", "telemetry"))
                                .one(CredentialsProvider.class, "alarms")
                                .orElseThrow()
                                .resolve()
                                .id())
                        .isEqualTo("LTAI5tSecond"));
    }

    @Test
    void aTemplateOfTheApplicationTakesThePlaceOfThoseOfAllClients() {
        TWO.withBean("mine", MqttTemplate.class, () -> new MqttTemplate(message -> new CompletableFuture<>()))
                .run(context -> assertThat(context).getBean(MqttTemplate.class).isSameAs(context.getBean("mine")));
    }

    @Test
    void eachIsClosedWithTheContextThoughItNeverConnected() {
        List<ApsaraMqttClient> clients = new ArrayList<>();
        TWO.run(context ->
                clients.addAll(context.getBean(MqttClients.class).all().values()));
        assertThat(clients)
                .hasSize(2)
                .allSatisfy(client -> assertThat(client.state()).isEqualTo(ConnectionState.CLOSED));
    }

    @Test
    void aCustomizerIsToldWhichClient() {
        List<String> names = new ArrayList<>();
        TWO.withBean(ApsaraMqttClientCustomizer.class, () -> new ApsaraMqttClientCustomizer() {
                    @Override
                    public void customize(ApsaraMqttClientBuilder builder) {
                        throw new IllegalStateException("without a name");
                    }

                    @Override
                    public void customize(String name, ApsaraMqttClientBuilder builder) {
                        names.add(name);
                    }
                })
                .run(context -> assertThat(names).containsExactlyInAnyOrder("alarms", "telemetry"));
    }

    @Test
    void clientsOfTheApplicationAreKnownByTheirBeanNames() {
        Runners.bare()
                .withBean("one", ApsaraMqttClient.class, () -> own("device-1"))
                .withBean("two", ApsaraMqttClient.class, () -> own("device-2"))
                .run(context -> {
                    MqttClients clients = context.getBean(MqttClients.class);
                    assertThat(clients.all())
                            .containsExactlyInAnyOrderEntriesOf(Map.of(
                                    "one", context.getBean("one", ApsaraMqttClient.class),
                                    "two", context.getBean("two", ApsaraMqttClient.class)));
                    assertThat(clients).hasToString("MqttClients[one, two]");
                });
    }

    private static ApsaraMqttClient own(String deviceId) {
        return ApsaraMqttClient.builder()
                .endpoint(BROKER)
                .instanceId("post-cn-x")
                .clientId("GID_demo", deviceId)
                .build();
    }
}
