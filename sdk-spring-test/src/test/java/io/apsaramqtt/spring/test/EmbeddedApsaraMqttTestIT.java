package io.apsaramqtt.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.spring.MqttClients;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.event.BrokerEvent;
import io.apsaramqtt.test.event.BrokerEvent.PublishAccepted;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Tests as users write them; each class has an application context of its own, all with the same client ID. */
class EmbeddedApsaraMqttTestIT {

    private static final String SENSORS_ONLY = """
            {"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["mq:PUB", "mq:SUB"], "Resource": [
              "acs:mq:*:*:topic/post-cn-of-the-application/sensors",
              "acs:mq:*:*:groupId/post-cn-of-the-application/GID_of_the_application"]}]}
            """;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static final class Application {

        @Bean
        Received received() {
            return new Received(new LinkedBlockingQueue<>());
        }
    }

    record Received(BlockingQueue<String> texts) {

        @MqttListener(topics = "sensors/{id}")
        void on(String text) {
            texts.add(text);
        }
    }

    @Nested
    @EmbeddedApsaraMqttTest(policy = SENSORS_ONLY, properties = "spring.config.name=of-the-application")
    class WithAPolicy {

        @Autowired
        private MqttTemplate template;

        @Autowired
        private EmbeddedApsaraMqtt broker;

        @Test
        void whatThePolicyGrantsArrives(@Autowired Received received) throws InterruptedException {
            template.publish("sensors/1", "21.5");
            assertThat(received.texts().poll(20, TimeUnit.SECONDS)).isEqualTo("21.5");
        }

        @Test
        void whatThePolicyDoesNotGrantFailsWithTheStatementThatIsMissing() {
            assertThatThrownBy(() -> template.publish("billing/1", "x"))
                    .isInstanceOf(PermissionDeniedException.class)
                    .hasMessageContaining("acs:mq:*:*:topic/post-cn-of-the-application/billing");
            assertThat(broker.events().of(PublishDenied.class)).isEmpty();
        }

        @Test
        void theBrokerEnforcesThePolicyToo(@Autowired ApsaraMqttClient client) {
            client.withPermissionMode(PermissionMode.OFF)
                    .publishAsync(Message.of("billing/1", "x").withQos(Qos.AT_MOST_ONCE));
            await().untilAsserted(() ->
                    assertThat(broker.events().of(PublishDenied.class)).hasSize(1));
            await().until(client::isConnected);
        }

        @RepeatedTest(2)
        void eachTestFindsTheEventsOfItsOwnAlone() {
            assertThat(broker.events().of(BrokerEvent.class)).isEmpty();
            template.publish("sensors/1", "x");
            assertThat(broker.events().of(PublishAccepted.class)).hasSize(1);
        }
    }

    @Nested
    @EmbeddedApsaraMqttTest(
            policy = {"classpath:billing-only.json", "AliyunMQSubOnlyAccess"},
            properties = "spring.config.name=of-the-application")
    class WithOtherPoliciesAndTheSameClientId {

        @Test
        void theOtherPoliciesHold(@Autowired MqttTemplate template) {
            template.publish("billing/1", "x");
            assertThatThrownBy(() -> template.publish("sensors/1", "x")).isInstanceOf(PermissionDeniedException.class);
        }
    }

    @Nested
    @EmbeddedApsaraMqttTest(classes = Application.class)
    @SpringBootTest(classes = Application.class, properties = "of.the.test=yes")
    class WithoutPolicyAndProperties {

        @Test
        void everythingIsAllowedOnAnInstanceOfItsOwn(
                @Autowired MqttTemplate template,
                @Autowired ApsaraMqttClient client,
                @Autowired Environment environment,
                @Autowired EmbeddedApsaraMqtt broker) {
            template.publish("anything/at/all", "x");
            assertThat(broker.events().of(PublishAccepted.class)).hasSize(1);
            assertThat(client.clientId().groupId()).contains("GID_embedded");
            assertThat(broker.instanceId()).isEqualTo("post-cn-embedded");
            assertThat(environment.getProperty("of.the.test")).isEqualTo("yes");
        }
    }

    @Nested
    @EmbeddedApsaraMqttTest(properties = "spring.config.name=of-the-application")
    class WithoutPolicy {

        @Test
        void thePermissionsOfThePropertiesGiveWayToAll(@Autowired MqttTemplate template) {
            template.publish("billing/1", "x");
        }
    }

    @Nested
    @EmbeddedApsaraMqttTest(
            classes = SeveralClients.Empty.class,
            policy = "AliyunMQPubOnlyAccess",
            properties = {
                "apsara.mqtt.clients.alarms.instance-id=post-cn-alarms",
                "apsara.mqtt.clients.alarms.group-id=GID_alarms",
                "apsara.mqtt.clients.alarms.device-id=alarms",
                "apsara.mqtt.clients.nightShift.instanceId=post-cn-night",
                "apsara.mqtt.clients.nightShift.client_id=GID_night@@@night"
            })
    class SeveralClients {

        @EnableAutoConfiguration
        static class Empty {}

        @Test
        void haveAnInstanceForEachInstanceId(
                @Autowired MqttClients clients,
                @Autowired @Qualifier("nightShift") MqttTemplate night,
                @Autowired List<EmbeddedApsaraMqtt> brokers) {
            night.publish("t/1", "x");
            assertThat(clients.all().keySet()).containsExactlyInAnyOrder("alarms", "nightShift");
            assertThat(brokers)
                    .extracting(EmbeddedApsaraMqtt::instanceId)
                    .containsExactly("post-cn-alarms", "post-cn-night");
            assertThat(brokers)
                    .extracting(
                            broker -> broker.events().of(PublishAccepted.class).size())
                    .containsExactly(0, 1);
        }
    }

    @Nested
    @SpringBootTest(classes = Plain.class, properties = "apsara.mqtt.enabled=false")
    class WithoutTheAnnotation {

        @Test
        void thereIsNoBroker(@Autowired List<EmbeddedApsaraMqtt> brokers) {
            assertThat(brokers).isEmpty();
        }
    }

    @EnableAutoConfiguration
    static class Plain {

        @Bean
        List<EmbeddedApsaraMqtt> found(org.springframework.beans.factory.ObjectProvider<EmbeddedApsaraMqtt> brokers) {
            return brokers.stream().toList();
        }
    }
}
