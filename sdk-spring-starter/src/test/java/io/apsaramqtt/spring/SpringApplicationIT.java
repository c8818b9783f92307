package io.apsaramqtt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.event.BrokerEvent.Disconnected;
import io.apsaramqtt.test.event.BrokerEvent.PublishAccepted;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.event.DisconnectedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application, started as users start theirs, on the embedded broker. */
class SpringApplicationIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tSpringUser", "spring-secret");
    private static final String POLICY = """
            {"Version":"1","Statement":[
              {"Effect":"Allow","Action":["mq:PUB","mq:SUB"],"Resource":"acs:mq:*:*:topic/post-cn-spring/alarms"},
              {"Effect":"Allow","Action":"mq:SUB","Resource":"acs:mq:*:*:groupId/post-cn-spring/GID_spring"}]}
            """;

    @TempDir
    static Path folder;

    private static EmbeddedApsaraMqtt broker;
    private static Path policyFile;

    @BeforeAll
    static void start() throws IOException {
        policyFile = Files.writeString(folder.resolve("policy.json"), POLICY);
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

    @BeforeEach
    void forgetEvents() {
        broker.events().clear();
    }

    private static ConfigurableApplicationContext run(String... more) {
        return application(Application.class).properties(more).run();
    }

    private static SpringApplicationBuilder application(Class<?>... sources) {
        return Applications.on(broker, KEY, sources)
                .properties("apsara.mqtt.device-id=device-1", "apsara.mqtt.permissions.policy-file=" + policyFile);
    }

    @Test
    void publishesWithTheTemplateAndReceives() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            BlockingQueue<Message> received = new LinkedBlockingQueue<>();
            context.getBean(ApsaraMqttClient.class).subscribe("alarms/#", received::add);
            context.getBean(MqttTemplate.class).publish("alarms/device-1", "hot");
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(Message.of("alarms/device-1", "hot"));
        }
    }

    @Test
    void speaksMqtt5WhenToldSo() throws InterruptedException {
        try (ConfigurableApplicationContext context = run("apsara.mqtt.mqtt-version=v5")) {
            context.getBean(MqttTemplate.class).publish("alarms/device-1", "hot");
            assertThat(broker.events().of(ConnectAccepted.class))
                    .extracting(ConnectAccepted::version)
                    .containsExactly(MqttVersion.V5);
            assertThat(broker.events().of(PublishAccepted.class)).hasSize(1);
        }
    }

    @Test
    void aDeniedTopicIsRefusedBeforeItReachesTheBroker() {
        try (ConfigurableApplicationContext context = run()) {
            MqttTemplate template = context.getBean(MqttTemplate.class);
            assertThatThrownBy(() -> template.publish("billing/x", "1"))
                    .isInstanceOf(PermissionDeniedException.class)
                    .hasMessageContaining("publish to 'billing/x'")
                    .hasMessageContaining("policy.json");
            template.publish("alarms/after", "still connected");
            assertThat(broker.events().of(PublishDenied.class)).isEmpty();
            assertThat(broker.events().of(PublishAccepted.class))
                    .extracting(PublishAccepted::topic)
                    .containsExactly("alarms/after");
        }
    }

    @Test
    void isConnectedBeforeWhatStartsLaterAndUntilThatHasStopped() throws InterruptedException {
        application(Application.class, Publisher.class).run().close();
        assertThat(broker.events().of(PublishAccepted.class))
                .extracting(PublishAccepted::topic)
                .containsExactly("alarms/started", "alarms/stopping");
        assertThat(broker.events().await(Disconnected.class).by()).isEqualTo(DisconnectedBy.CLIENT);
    }

    @Test
    void tellsTheConnectionListenerOfTheApplication() throws InterruptedException {
        try (ConfigurableApplicationContext context = run()) {
            assertThat(context.getBean(Application.class).connected.poll(10, TimeUnit.SECONDS))
                    .isEqualTo("connected");
        }
    }

    @Test
    void aWrongSecretEndsTheStartWithoutShowingIt() {
        assertThatThrownBy(() -> run("apsara.mqtt.credentials.access-key-secret=wrong-secret"))
                .rootCause()
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageNotContaining("wrong-secret");
        assertThat(broker.events().of(ConnectAccepted.class)).isEmpty();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        private final BlockingQueue<String> connected = new LinkedBlockingQueue<>();

        @Bean
        ConnectionListener connectionListener() {
            return new ConnectionListener() {
                @Override
                public void connected() {
                    connected.add("connected");
                }
            };
        }
    }

    /** Publishes when it starts and when it stops, in the phase that Spring gives to all that asks for none. */
    static final class Publisher implements SmartLifecycle {

        private final MqttTemplate template;
        private boolean running;

        Publisher(MqttTemplate template) {
            this.template = template;
        }

        @Override
        public void start() {
            running = true;
            template.publish("alarms/started", "1");
        }

        @Override
        public void stop() {
            running = false;
            template.publish("alarms/stopping", "1");
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
