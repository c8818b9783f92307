package io.apsaramqtt.client;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The subscription that replies come by, where they come to a topic of the client's own. */
class RequestsTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String LISTEN = "listen to alarms/reply/GID_requests@@@device";
    private static final String SEND = "send to alarms/ask";

    private final SimulatedRuntime runtime = new SimulatedRuntime(1);
    private final Requests requests =
            new Requests(ClientId.of("GID_requests", "device"), Profile.GENERIC, MqttVersion.V3_1_1, runtime);
    private final Broker broker = new Broker();

    /** Takes every message, and has a subscription when and as long as the test says. */
    private static final class Broker implements Requests.Sender {

        final List<String> packets = new ArrayList<>();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        boolean subscribed;

        @Override
        public CompletableFuture<Void> send(Message message) {
            packets.add("send to " + message.topic());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean isListening(TopicFilter filter) {
            return subscribed;
        }

        @Override
        public CompletableFuture<Void> listen(TopicFilter filter) {
            packets.add("listen to " + filter);
            answer = new CompletableFuture<>();
            return answer;
        }

        void grant() {
            subscribed = true;
            answer.complete(null);
        }
    }

    private CompletableFuture<Message> ask() {
        return requests.request(Message.of("alarms/ask", "x"), reply -> true, LIMIT, broker);
    }

    @Test
    void theFirstRequestSubscribesAndTheOthersWaitForThat() {
        ask();
        ask();
        assertThat(broker.packets).containsExactly(LISTEN);
        broker.grant();
        assertThat(broker.packets).containsExactly(LISTEN, SEND, SEND);
        ask();
        assertThat(broker.packets).containsExactly(LISTEN, SEND, SEND, SEND);
    }

    @Test
    void aSubscriptionThatWasLostIsMadeAgainByTheNextRequest() {
        ask();
        broker.grant();
        broker.subscribed = false;
        ask();
        ask();
        assertThat(broker.packets).containsExactly(LISTEN, SEND, LISTEN);
        broker.grant();
        assertThat(broker.packets).containsExactly(LISTEN, SEND, LISTEN, SEND, SEND);
    }

    @Test
    void aRequestFailsWithWhatKeepsTheSubscriptionAwayAndTheNextOneTriesAgain() {
        ask();
        broker.grant();
        broker.subscribed = false;
        CompletableFuture<Message> asked = ask();
        IllegalStateException refused = new IllegalStateException("of a test");
        broker.answer.completeExceptionally(refused);
        assertThat(failureOf(asked)).isSameAs(refused);
        ask();
        broker.grant();
        assertThat(broker.packets).containsExactly(LISTEN, SEND, LISTEN, LISTEN, SEND);
    }

    @Test
    void aSubscriptionThatCameBackByItselfIsNotMadeAgain() {
        ask();
        broker.grant();
        broker.subscribed = false;
        CompletableFuture<Message> asked = ask();
        broker.answer.completeExceptionally(new IllegalStateException("of a test"));
        assertThat(asked).isCompletedExceptionally();
        broker.subscribed = true;
        ask();
        assertThat(broker.packets).containsExactly(LISTEN, SEND, LISTEN, SEND);
    }
}
