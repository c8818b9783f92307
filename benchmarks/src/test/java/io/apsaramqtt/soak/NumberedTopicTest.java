package io.apsaramqtt.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.MqttOperations;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NumberedTopicTest {

    private final List<CompletableFuture<Void>> answers = new ArrayList<>();
    private final NumberedTopic topic = new NumberedTopic("a", Qos.EXACTLY_ONCE, 10);

    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            topic.publishOver(client());
        }
    }

    /** Takes messages and leaves it to the test how that ends. */
    private MqttOperations client() {
        return (MqttOperations) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MqttOperations.class}, (proxy, method, arguments) -> {
                    CompletableFuture<Void> answer = new CompletableFuture<>();
                    answers.add(answer);
                    return answer;
                });
    }

    private static Message message(int number) {
        return Message.of("a", number + " ...");
    }

    private Tally tally() {
        return topic.tally(MqttVersion.V3_1_1);
    }

    @Test
    void everyNumberIsAccountedFor() {
        publish(4);
        answers.get(0).complete(null);
        answers.get(1).complete(null);
        answers.get(2).completeExceptionally(new IllegalStateException());
        topic.received(message(1));
        topic.received(message(1));
        topic.received(message(2));

        assertThat(tally())
                .isEqualTo(new Tally(
                        MqttVersion.V3_1_1, Qos.EXACTLY_ONCE, 4, 2, 1, 1, 1, 1, "java.lang.IllegalStateException"));
    }

    @Test
    void itIsSettledWhenNothingIsPendingAndNothingMissing() {
        publish(1);
        assertThat(topic.isSettled()).isFalse();

        answers.get(0).complete(null);
        assertThat(topic.isSettled()).isFalse();

        topic.received(message(0));
        assertThat(topic.isSettled()).isTrue();
    }
}
