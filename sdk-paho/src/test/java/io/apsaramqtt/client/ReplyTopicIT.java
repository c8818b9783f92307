package io.apsaramqtt.client;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.connection.OperationRefusedException;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests and replies in profile {@code GENERIC}, whose reply topic the broker refuses for a while. */
class ReplyTopicIT {

    @RegisterExtension
    static final EmbeddedService SERVICE = EmbeddedService.answeringWithCodes();

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Policy PUBLISHING = Policy.parse("publishing", """
            {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "mq:PUB",
               "Resource": ["acs:mq:*:*:topic/post-cn-paho/alarms", "acs:mq:*:*:groupId/post-cn-paho/*"]}]}
            """);

    private final Connections connections = new Connections();

    /** A client that asks, which has had a reply. */
    private ApsaraMqttClient asker() {
        ApsaraMqttClient server = SERVICE.connected(SERVICE.builder(MqttVersion.V5));
        server.subscribe(
                "alarms/ask",
                request -> server.reply(request, ("re: " + request.text()).getBytes(StandardCharsets.UTF_8)));
        ApsaraMqttClient asker = SERVICE.connected(SERVICE.builder(MqttVersion.V5)
                .profile(Profile.GENERIC)
                .authentication(Authentication.signature(
                        EmbeddedService.INSTANCE, CredentialsProvider.of(EmbeddedService.USER)))
                .permissionMode(PermissionMode.OFF)
                .connectionListener(connections));
        assertThat(ask(asker, 1)).isEqualTo("re: 1");
        return asker;
    }

    private static String ask(ApsaraMqttClient asker, int number) {
        return asker.request(Message.of("alarms/ask", "" + number), LIMIT).text();
    }

    /** The broker lets the client only publish, has it connect again, and is done with its subscription. */
    private void loseSubscription(ApsaraMqttClient asker) {
        SERVICE.broker().setPolicies(EmbeddedService.USER.id(), PUBLISHING);
        SERVICE.broker().disconnect(asker.clientId());
        await().until(() -> connections.told().stream().anyMatch(told -> told.startsWith("subscription lost")));
        await().until(asker::isConnected);
    }

    @Test
    void aReplyTopicThatWasRefusedAfterALossIsSubscribedToByTheNextRequest() {
        ApsaraMqttClient asker = asker();
        loseSubscription(asker);
        assertThat(failureOf(asker.requestAsync(Message.of("alarms/ask", "2"), LIMIT)))
                .isInstanceOf(OperationRefusedException.class);
        SERVICE.broker().setPolicies(EmbeddedService.USER.id(), EmbeddedService.ALARMS_ONLY);
        assertThat(ask(asker, 3)).isEqualTo("re: 3");
    }
}
