package io.apsaramqtt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.InvalidMqttValueException;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.MessageBuilder;

class MqttTemplateTest {

    private static final byte[] BYTES = "hot".getBytes(StandardCharsets.UTF_8);
    private static final Message HOT = Message.of("alarms/x", "hot");

    private final List<Message> published = new ArrayList<>();
    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private final MqttTemplate template = new MqttTemplate(message -> {
        published.add(message);
        return acknowledged;
    });

    @Test
    void publishesTextsBytesAndMessagesOfBothKinds() {
        acknowledged.complete(null);
        template.publish("alarms/x", "hot");
        template.publish("alarms/x", BYTES);
        template.publish("alarms/x", HOT);
        template.message(HOT).publish();
        template.publish("alarms/x", MessageBuilder.withPayload("hot").build());
        assertThat(published).hasSize(5).containsOnly(HOT);
    }

    @Test
    void aMessageOfAnotherTopicIsRefused() {
        assertThatThrownBy(() -> template.publish("alarms/y", HOT))
                .isInstanceOf(MessageConversionException.class)
                .hasMessageContaining("topic [alarms/x] cannot be published to [alarms/y]");
        assertThat(published).isEmpty();
    }

    @Test
    void publishesWithAllThatTheBuilderSays() {
        acknowledged.complete(null);
        template.message("hot")
                .topic("alarms/x")
                .qos(Qos.EXACTLY_ONCE)
                .retained()
                .contentType("text/plain")
                .expiry(Duration.ofMinutes(1))
                .userProperty("unit", "C")
                .publish();
        assertThat(published)
                .containsExactly(HOT.withQos(Qos.EXACTLY_ONCE)
                        .withRetained(true)
                        .withProperties(MessageProperties.none()
                                .withContentType("text/plain")
                                .withExpiry(Duration.ofMinutes(1))
                                .withUserProperty("unit", "C")));
    }

    @Test
    void theBuilderAddsToTheHeadersOfASpringMessage() {
        acknowledged.complete(null);
        MessageProperties given = MessageProperties.none().withContentType("text/plain");
        template.message(MessageBuilder.withPayload("hot")
                        .setHeader(MqttHeaders.TOPIC, "alarms/x")
                        .setHeader(MqttHeaders.QOS, 2)
                        .setHeader(MqttHeaders.RETAINED, true)
                        .setHeader(MqttHeaders.PROPERTIES, given)
                        .build())
                .userProperty("unit", "C")
                .publish();
        assertThat(published)
                .containsExactly(HOT.withQos(Qos.EXACTLY_ONCE)
                        .withRetained(true)
                        .withProperties(given.withUserProperty("unit", "C")));
    }

    @Test
    void propertiesReplaceWhatWasSaidBefore() {
        assertThat(template.message("hot")
                        .topic("alarms/x")
                        .userProperty("unit", "C")
                        .properties(MessageProperties.none())
                        .build())
                .isEqualTo(HOT);
    }

    @Test
    void hasADefaultTopicAndQualityOfService() {
        acknowledged.complete(null);
        MqttTemplate defaults = template.withDefaultTopic("alarms/x").withDefaultQos(Qos.AT_MOST_ONCE);
        defaults.message("hot").publish();
        defaults.publish("alarms/y", "hot");
        defaults.message(HOT.withQos(Qos.EXACTLY_ONCE)).publish();
        assertThat(published)
                .containsExactly(
                        HOT.withQos(Qos.AT_MOST_ONCE),
                        Message.of("alarms/y", "hot").withQos(Qos.AT_MOST_ONCE),
                        HOT.withQos(Qos.EXACTLY_ONCE));
    }

    @Test
    void withoutATopicItSaysWhereToGiveOne() {
        assertThatThrownBy(() -> template.message("hot").publish())
                .isInstanceOf(MessageConversionException.class)
                .hasMessageContaining("apsara.mqtt.template.default-topic");
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
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(InvalidMqttValueException.class);
        assertThat(published).isEmpty();
    }

    @Test
    void aPayloadThatNothingConvertsIsNamedWithWhatWouldHelp() {
        assertThatThrownBy(() -> template.publish("alarms/x", List.of(1)))
                .isInstanceOf(MessageConversionException.class)
                .hasMessageContaining("java.util.ImmutableCollections")
                .hasMessageContaining("declare a MessageConverter bean");
    }

    @Test
    void aRequestNeedsAClient() {
        assertThatThrownBy(() -> template.request("alarms/x", "hot", String.class, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("which only publishes");
    }
}
