package io.apsaramqtt.client;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.OperationTimeoutException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests and replies in profile {@code APSARAMQ}: the reply is a P2P message. */
class RequestIT {

    @RegisterExtension
    static final EmbeddedService SERVICE = EmbeddedService.closingConnections();

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofHours(1);

    /** Answers "n" with "re: n": by the properties where there are any, otherwise to the topic in the payload's first word. */
    private static void answering(MqttVersion version) {
        ApsaraMqttClient server = SERVICE.connected(SERVICE.builder(version));
        server.subscribe("alarms/ask", request -> {
            String[] words = request.text().split(" ", 2);
            if (version == MqttVersion.V5) {
                server.reply(request, ("re: " + words[1]).getBytes(StandardCharsets.UTF_8));
            } else {
                server.publish(Message.of(words[0], "re: " + words[1]));
            }
        });
    }

    private static Message question(ApsaraMqttClient asker, int number) {
        return Message.of("alarms/ask", TopicName.p2p("alarms", asker.clientId()) + " " + number);
    }

    @ParameterizedTest
    @EnumSource
    void aReplyIsAMessageToTheClientAlone(MqttVersion version) throws InterruptedException {
        answering(version);
        Inbox others = new Inbox();
        ApsaraMqttClient asker = SERVICE.connected(SERVICE.builder(version).p2pListener(others));
        CompletableFuture<Message> first = ask(asker, version, 1);
        CompletableFuture<Message> second = ask(asker, version, 2);
        assertThat(Futures.get(second).text()).isEqualTo("re: 2");
        assertThat(Futures.get(first).text()).isEqualTo("re: 1");
        assertThat(Futures.get(first).topic()).isEqualTo(TopicName.p2p("alarms", asker.clientId()));
        asker.publish(Message.of(TopicName.p2p("alarms", asker.clientId()), "unasked"));
        assertThat(others.next().text()).isEqualTo("unasked");
        assertThat(asker.subscriptions()).isEmpty();
    }

    private static CompletableFuture<Message> ask(ApsaraMqttClient asker, MqttVersion version, int number) {
        Message request = question(asker, number);
        return version == MqttVersion.V5
                ? asker.requestAsync(request, LIMIT)
                : asker.requestAsync(request, reply -> reply.text().equals("re: " + number), LIMIT);
    }

    @Test
    void withoutPropertiesAReplyMustBeKnownOtherwise() {
        ApsaraMqttClient asker = SERVICE.connected(SERVICE.builder(MqttVersion.V3_1_1));
        assertThat(failureOf(asker.requestAsync(question(asker, 1), LIMIT)))
                .isInstanceOf(ServiceRuleException.class)
                .hasMessageContaining("say how a reply is known");
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatNobodyAnswersFailsInTime(MqttVersion version) {
        ApsaraMqttClient asker = SERVICE.connected(SERVICE.builder(version));
        assertThatThrownBy(
                        () -> Calls.value(asker.requestAsync(question(asker, 1), reply -> true, Duration.ofMillis(50))))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("Request to 'alarms/ask' was not answered");
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatIsNotAnsweredFailsWhenTheClientIsClosed(MqttVersion version) {
        ApsaraMqttClient asker = SERVICE.connected(SERVICE.builder(version));
        CompletableFuture<Message> asked = asker.requestAsync(question(asker, 1), reply -> true, LONG);
        asker.close();
        assertThat(asked)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ConnectionLostException.class)
                .withMessage("Request to 'alarms/ask' was not answered before this side ended the connection");
    }

    @ParameterizedTest
    @EnumSource
    void aPredicateThatThrowsFailsItsOwnRequestAlone(MqttVersion version) {
        answering(version);
        ApsaraMqttClient asker = SERVICE.connected(SERVICE.builder(version));
        IllegalStateException thrown = new IllegalStateException("of a test");
        CompletableFuture<Message> faulty = asker.requestAsync(
                Message.of("alarms/nobody", "x"),
                reply -> {
                    throw thrown;
                },
                LONG);
        assertThat(Futures.get(ask(asker, version, 1)).text()).isEqualTo("re: 1");
        assertThat(failureOf(faulty)).isSameAs(thrown);
    }
}
