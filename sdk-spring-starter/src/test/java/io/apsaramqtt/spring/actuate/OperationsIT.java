package io.apsaramqtt.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.Applications;
import io.apsaramqtt.spring.MqttListener;
import io.apsaramqtt.spring.MqttTemplate;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** Health, meters and the endpoint of an application that talks to a broker. */
class OperationsIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tOperations", "operations-secret");
    private static final String POLICY = """
            {"Version":"1","Statement":[
              {"Effect":"Allow","Action":["mq:PUB","mq:SUB"],"Resource":"acs:mq:*:*:topic/post-cn-spring/alarms"},
              {"Effect":"Allow","Action":"mq:SUB","Resource":"acs:mq:*:*:groupId/post-cn-spring/GID_spring"}]}
            """;

    private static EmbeddedApsaraMqtt broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedApsaraMqtt.builder()
                .instanceId("post-cn-spring")
                .group("GID_spring")
                .user(KEY, Policy.parse("alarms", POLICY))
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static ConfigurableApplicationContext run() {
        return Applications.on(broker, KEY, Application.class)
                .properties(
                        "apsara.mqtt.device-id=device-1",
                        "apsara.mqtt.reconnect.min=1ms",
                        "apsara.mqtt.reconnect.max=1ms",
                        "management.endpoints.web.exposure.include=*",
                        "logging.level.root=error")
                .run();
    }

    private static double count(ConfigurableApplicationContext context, String meter) {
        return context.getBean(MeterRegistry.class).get(meter).functionCounter().count();
    }

    @Test
    void healthMetersAndTheEndpointTellWhatHappens() {
        try (ConfigurableApplicationContext context = run()) {
            assertThat(Healths.statusAt(context, "apsaraMqtt")).isEqualTo("UP");
            context.getBean(MqttTemplate.class).publish("alarms/device-1", "hot");
            await().untilAsserted(() ->
                    assertThat(count(context, "apsara.mqtt.delivered")).isEqualTo(1));
            assertThat(count(context, "apsara.mqtt.acknowledged")).isEqualTo(1);
            await().untilAsserted(() -> assertThat(context.getBean(MeterRegistry.class)
                            .get("apsara.mqtt.process")
                            .tags("client", "default", "outcome", "success")
                            .timer()
                            .count())
                    .isEqualTo(1));
            assertThat(context.getBean(MeterRegistry.class)
                            .get("apsara.mqtt.publish")
                            .tags("client", "default", "operation", "publish", "qos", "1")
                            .timer()
                            .count())
                    .isEqualTo(1);

            loseTheConnection(context.getBean(ApsaraMqttClient.class));
            await().untilAsserted(() ->
                    assertThat(count(context, "apsara.mqtt.connects")).isEqualTo(2));
            await().untilAsserted(() -> assertThat(Healths.ofOnly(context).details())
                    .containsEntry("state", "CONNECTED")
                    .containsKey("lastFailure"));
            assertThat(Healths.statusAt(context, "apsaraMqtt")).isEqualTo("UP");
            assertThat(context.getBean(MeterRegistry.class)
                            .get("apsara.mqtt.disconnects")
                            .tag("cause", "not_permitted")
                            .counter()
                            .count())
                    .isEqualTo(1);

            ClientReport report = Objects.requireNonNull(
                    context.getBean(ApsaraMqttEndpoint.class).client("default"));
            assertThat(report.subscriptions()).containsExactly(new ClientReport.Subscribed("alarms/#", 1));
            assertThat(report.toString()).doesNotContain(KEY.secret()).doesNotContain(KEY.id());
        }
    }

    /** The service closes the connection over a topic that is not permitted. */
    private static void loseTheConnection(ApsaraMqttClient client) {
        client.withPermissionMode(PermissionMode.OFF)
                .publishAsync(Message.of("billing/x", "1").withQos(Qos.AT_MOST_ONCE))
                .exceptionally(failure -> null);
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @MqttListener(topics = "alarms/#")
        void onAlarm(String text) {}
    }
}
