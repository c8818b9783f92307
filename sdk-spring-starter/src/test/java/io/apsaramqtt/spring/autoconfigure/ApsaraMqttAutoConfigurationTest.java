package io.apsaramqtt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.connection.ConnectionState;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.ApsaraMqttClientCustomizer;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.spring.listener.MqttListenerAnnotationBeanPostProcessor;
import io.apsaramqtt.spring.listener.MqttListenerSettings;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.annotation.Order;

class ApsaraMqttAutoConfigurationTest {

    private static final ApplicationContextRunner BARE =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ApsaraMqttAutoConfiguration.class));

    private static final String[] PROPERTIES = {
        "apsara.mqtt.endpoint=tcp://127.0.0.1:" + Ports.CLOSED,
        "apsara.mqtt.instance-id=post-cn-x",
        "apsara.mqtt.group-id=GID_demo",
        "apsara.mqtt.device-id=device-1",
        "apsara.mqtt.credentials.access-key-id=LTAI5tProperties1",
        "apsara.mqtt.credentials.access-key-secret=secret-of-properties",
        "apsara.mqtt.connect-on-start=off"
    };

    private static final ApplicationContextRunner RUNNER = BARE.withPropertyValues(PROPERTIES);

    private static ApsaraMqttClient ownClient(String deviceId) {
        return ApsaraMqttClient.builder()
                .endpoint("127.0.0.1")
                .instanceId("post-cn-own")
                .clientId("GID_own", deviceId)
                .build();
    }

    @Test
    void isFoundBySpringBoot() {
        new ApplicationContextRunner()
                .withUserConfiguration(EverythingFound.class)
                .withPropertyValues(PROPERTIES)
                .run(context -> assertThat(context).hasSingleBean(ApsaraMqttAutoConfiguration.class));
    }

    @Test
    void disabledItAddsNothingAndAsksForNothing() {
        BARE.withPropertyValues("apsara.mqtt.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ApsaraMqttClient.class)
                        .doesNotHaveBean(MqttTemplate.class)
                        .doesNotHaveBean(SmartLifecycle.class)
                        .doesNotHaveBean(ApsaraMqttProperties.class));
    }

    @Nested
    class Client {

        @Test
        void isMadeFromThePropertiesAndNotConnected() {
            RUNNER.run(context -> {
                ApsaraMqttClient client = context.getBean(ApsaraMqttClient.class);
                assertThat(client.clientId()).hasToString("GID_demo@@@device-1");
                assertThat(client.endpoint()).hasToString("tcp://127.0.0.1:" + Ports.CLOSED);
                assertThat(client.state()).isEqualTo(ConnectionState.DISCONNECTED);
            });
        }

        @Test
        void isClosedWithTheContext() {
            AtomicReference<ApsaraMqttClient> client = new AtomicReference<>();
            RUNNER.run(context -> client.set(context.getBean(ApsaraMqttClient.class)));
            Assertions.assertThat(client.get())
                    .isNotNull()
                    .extracting(ApsaraMqttClient::state)
                    .isEqualTo(ConnectionState.CLOSED);
        }

        @Test
        void backsOffFromOneOfTheApplication() {
            BARE.withPropertyValues("apsara.mqtt.connect-on-start=off")
                    .withBean("mine", ApsaraMqttClient.class, () -> ownClient("device-1"))
                    .run(context ->
                            assertThat(context).getBean(ApsaraMqttClient.class).isSameAs(context.getBean("mine")));
        }

        @Test
        void takesTheAccessKeyFromABeanBeforeTheProperties() {
            AtomicInteger asked = new AtomicInteger();
            CredentialsProvider provider = () -> {
                asked.incrementAndGet();
                return AccessKey.of("LTAI5tBean", "secret-of-bean");
            };
            RUNNER.withPropertyValues("apsara.mqtt.connect-on-start=optional")
                    .withBean(CredentialsProvider.class, () -> provider)
                    .run(context -> assertThat(context).hasNotFailed());
            assertThat(asked).hasPositiveValue();
        }

        @Test
        void takesThePermissionsFromABeanBeforeTheProperties() {
            RUNNER.withPropertyValues("apsara.mqtt.permissions.policy-file=/no/such/policy.json")
                    .withBean(
                            PermissionSource.class,
                            () -> PermissionSource.fixed(Policy.system("AliyunMQReadOnlyAccess")))
                    .run(context -> Assertions.assertThat(context.getBean(ApsaraMqttClient.class)
                                    .permissions()
                                    .checkPublish(TopicName.of("alarms/x")))
                            .matches(Verdict::isDenied));
        }

        @Test
        void asksTheCustomizersLastAndInTheirOrder() {
            RUNNER.withBean("later", ApsaraMqttClientCustomizer.class, Later::new)
                    .withBean("sooner", ApsaraMqttClientCustomizer.class, Sooner::new)
                    .run(context -> assertThat(
                                    context.getBean(ApsaraMqttClient.class).clientId())
                            .hasToString("GID_demo@@@later"));
        }

        @Test
        void needsNoPropertiesWhereACustomizerSaysAll() {
            BARE.withPropertyValues("apsara.mqtt.connect-on-start=off")
                    .withBean(
                            ApsaraMqttClientCustomizer.class,
                            () -> builder -> builder.endpoint("127.0.0.1")
                                    .instanceId("post-cn-x")
                                    .clientId("GID_demo", "device-1"))
                    .run(context -> assertThat(context).hasSingleBean(ApsaraMqttClient.class));
        }
    }

    @Nested
    class AllClients {

        @Test
        void areTheOneOfThePropertiesByDefault() {
            RUNNER.run(context -> Assertions.assertThat(
                            context.getBean(MqttClients.class).all())
                    .containsExactly(Map.entry("default", context.getBean(ApsaraMqttClient.class))));
        }

        @Test
        void backOffFromThoseOfTheApplication() {
            RUNNER.withBean("mine", MqttClients.class, () -> new MqttClients(Map.of(), null))
                    .run(context ->
                            assertThat(context).getBean(MqttClients.class).isSameAs(context.getBean("mine")));
        }
    }

    @Nested
    class Listeners {

        @Test
        void areFoundByOneThatBacksOffFromThatOfTheApplication() {
            RUNNER.run(context -> assertThat(context).hasSingleBean(MqttListenerAnnotationBeanPostProcessor.class));
            RUNNER.withBean("mine", MqttListenerAnnotationBeanPostProcessor.class, Listeners::finder)
                    .run(context -> assertThat(context)
                            .getBean(MqttListenerAnnotationBeanPostProcessor.class)
                            .isSameAs(context.getBean("mine")));
        }

        private static MqttListenerAnnotationBeanPostProcessor finder() {
            return new MqttListenerAnnotationBeanPostProcessor(client -> MqttListenerSettings.defaults());
        }
    }

    @Nested
    class Template {

        @Test
        void hasTheDefaultsOfTheProperties() {
            RUNNER.withPropertyValues(
                            "apsara.mqtt.template.default-topic=alarms/all",
                            "apsara.mqtt.template.default-qos=at-most-once")
                    .run(context -> Assertions.assertThat(context.getBean(MqttTemplate.class)
                                    .message("hot")
                                    .build())
                            .isEqualTo(Message.of("alarms/all", "hot").withQos(Qos.AT_MOST_ONCE)));
        }

        @Test
        void publishesThroughTheClient() {
            RUNNER.run(context -> Assertions.assertThatThrownBy(
                            () -> context.getBean(MqttTemplate.class).publish("alarms/x", "hot"))
                    .isInstanceOf(NotConnectedException.class));
        }

        @Test
        void backsOffFromOneOfTheApplication() {
            RUNNER.withBean("mine", MqttTemplate.class, () -> new MqttTemplate(ownClient("device-2")))
                    .run(context ->
                            assertThat(context).getBean(MqttTemplate.class).isSameAs(context.getBean("mine")));
        }
    }

    @Nested
    class Lifecycle {

        @Test
        void isThereByDefault() {
            RUNNER.run(context -> assertThat(context).hasSingleBean(ClientLifecycle.class));
        }

        @Test
        void backsOffFromABeanOfItsName() {
            RUNNER.withBean("apsaraMqttClientLifecycle", Object.class, Object::new)
                    .run(context -> assertThat(context).doesNotHaveBean(ClientLifecycle.class));
        }

        @Test
        void backsOffTogetherWithTheTemplateWhereTheApplicationHasSeveralClients() {
            BARE.withBean("one", ApsaraMqttClient.class, () -> ownClient("device-1"))
                    .withBean("two", ApsaraMqttClient.class, () -> ownClient("device-2"))
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(MqttTemplate.class)
                            .doesNotHaveBean(ClientLifecycle.class));
        }
    }

    @EnableAutoConfiguration
    static final class EverythingFound {}

    @Order(1)
    static final class Sooner implements ApsaraMqttClientCustomizer {
        @Override
        public void customize(ApsaraMqttClientBuilder builder) {
            builder.clientId("GID_demo", "sooner");
        }
    }

    @Order(2)
    static final class Later implements ApsaraMqttClientCustomizer {
        @Override
        public void customize(ApsaraMqttClientBuilder builder) {
            builder.clientId("GID_demo", "later");
        }
    }
}
