package io.apsaramqtt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.openapi.RamPermissions;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.spring.permission.DeniedAtStartException;
import io.apsaramqtt.spring.permission.PublishesTo;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.EmbeddedApsaraMqttExtension;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import io.apsaramqtt.test.event.BrokerEvent;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What a user reads when an application starts that may not do all it declares. */
@ExtendWith(OutputCaptureExtension.class)
class StartupPermissionsIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tStartup", "startup-secret");

    private static final Policy POLICY = Policy.parse("alarms", """
            {"Version":"1","Statement":[
              {"Effect":"Allow","Action":["mq:PUB","mq:SUB"],"Resource":"acs:mq:*:*:topic/*/alarms"},
              {"Effect":"Allow","Action":"mq:SUB","Resource":"acs:mq:*:*:groupId/*/GID_spring"}]}
            """);

    @RegisterExtension
    static final EmbeddedApsaraMqttExtension BROKER = EmbeddedApsaraMqttExtension.of(
            EmbeddedApsaraMqtt.builder().group("GID_spring").user(KEY, POLICY));

    private static ConfigurableApplicationContext start(String startup) {
        return start(startup, PermissionSource.fixed(POLICY), Application.class);
    }

    private static ConfigurableApplicationContext start(
            String startup, PermissionSource permissions, Class<?> application) {
        return Applications.on(BROKER.broker(), KEY, application)
                .initializers(context -> context.getBeanFactory().registerSingleton("permissions", permissions))
                .properties(
                        "apsara.mqtt.device-id=startup-" + startup,
                        "logging.level.io.apsaramqtt.spring=info",
                        "apsara.mqtt.permissions.startup=" + startup)
                .run();
    }

    @Test
    void aDenialFailsTheStartAndThePolicyIsPrinted(CapturedOutput output) {
        assertThatThrownBy(() -> start("fail")).hasRootCauseInstanceOf(DeniedAtStartException.class);
        assertThat(output.getOut())
                .contains("APPLICATION FAILED TO START")
                .contains("Not permitted: subscribe to 'billing/+/paid'")
                .contains("declared   by " + Application.class.getName() + ".onPaid(String), for client [default]")
                .contains("This policy allows client [default] all that this application declares")
                .contains("\"acs:mq:*:*:topic/" + BROKER.broker().instanceId() + "/billing\"")
                .doesNotContain(KEY.secret());
    }

    @Test
    void aDenialIsWarnedOfAndTheRestWorks(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start("warn")) {
            assertThat(output.getOut())
                    .containsPattern("subscribe +billing/\\+/paid +implicit deny +-")
                    .containsPattern("publish +alarms/fire +allowed +policy \"alarms\", statement 1")
                    .contains("This policy allows client [default] all that this application declares");
            assertThat(output.getOut().lines().filter(line -> line.contains("subscribe to 'billing/+/paid'")))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains(
                                            "Client [GID_spring@@@startup-warn] does not subscribe to [billing/+/paid] until"
                                                    + " its permissions allow it. Not permitted: "),
                            line -> assertThat(line).contains("StartupCheck"));
            context.getBean(MqttTemplate.class).publish("alarms/fire", "hot");
            assertThat(BROKER.broker().events().of(BrokerEvent.SubscribeDenied.class))
                    .isEmpty();
        }
    }

    @Test
    void whoHasNoRightsInRamKnowsNothingAndStarts(CapturedOutput output) {
        try (FakeAlibabaCloud cloud =
                        FakeAlibabaCloud.builder().user("gateway", KEY, POLICY).start();
                ConfigurableApplicationContext context = start(
                        "fail",
                        RamPermissions.of(CredentialsProvider.of(KEY)).withEndpoint(URI.create(cloud.endpoint())),
                        WithoutRights.class)) {
            assertThat(output.getOut())
                    .containsPattern("subscribe +alarms/\\+ +unknown +-")
                    .containsPattern("publish +billing/bill +unknown +-");
            context.getBean(MqttTemplate.class).publish("alarms/fire", "hot");
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @PublishesTo("alarms/fire")
    static class Application {

        @MqttListener(topics = "billing/{id}/paid")
        void onPaid(String ignored) {}
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @PublishesTo("billing/bill")
    static class WithoutRights {

        @MqttListener(topics = "alarms/{id}")
        void onAlarm(String ignored) {}
    }
}
