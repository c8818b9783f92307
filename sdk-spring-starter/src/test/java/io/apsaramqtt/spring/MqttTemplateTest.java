package io.apsaramqtt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MqttTemplateTest {

    private static final byte[] BYTES = "hot".getBytes(StandardCharsets.UTF_8);

    private final List<Message> published = new ArrayList<>();
    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private final MqttTemplate template = new MqttTemplate(message -> {
        published.add(message);
        return acknowledged;
    });

    @Test
    void publishesTextAndBytesAndMessages() {
        acknowledged.complete(null);
        template.publish("alarms/x", "hot");
        template.publish("alarms/x", BYTES);
        template.publish(Message.of("alarms/x", "hot"));
        assertThat(published).hasSize(3).containsOnly(Message.of("alarms/x", "hot"));
    }

    @Test
    void publishesWithAQualityOfService() {
        acknowledged.complete(null);
        template.publish("alarms/x", "hot", Qos.EXACTLY_ONCE);
        assertThat(published).containsExactly(Message.of("alarms/x", "hot").withQos(Qos.EXACTLY_ONCE));
    }

    @Test
    void publishesToOneClient() {
        acknowledged.complete(null);
        template.publishToClient("alarms", ClientId.of("GID_demo", "device-1"), "hot");
        assertThat(published).containsExactly(Message.of("alarms/p2p/GID_demo@@@device-1", "hot"));
    }

    @Test
    void theFutureOfAnAsyncPublishIsThatOfThePublisher() {
        CompletableFuture<Void> future = template.publishAsync("alarms/x", BYTES);
        assertThat(future).isNotDone();
        acknowledged.complete(null);
        assertThat(future).isCompleted();
    }

    @Test
    void aBadTopicThrowsOrFailsTheFuture() {
        assertThatThrownBy(() -> template.publish("alarms/#", "hot")).isInstanceOf(InvalidMqttValueException.class);
        assertThat(template.publishAsync("alarms/#", "hot"))
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(InvalidMqttValueException.class);
        assertThat(published).isEmpty();
    }
}
